"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page anew at intervals while something on it is under way; never in a tab nobody looks at. Null: not at all. */
export function RefreshWhile({ everyMs }: { everyMs: number | null }) {
  const router = useRouter();
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, router]);
  return null;
}
