"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/**
 * Renders the page anew at intervals while something on it is under way; never in a tab nobody looks at, and never before the
 * last answer is there: a server that is slow would otherwise be asked again and again, and no answer ever drawn. Null: not at all.
 */
export function RefreshWhile({ everyMs }: { everyMs: number | null }) {
  const router = useRouter();
  const [asking, startAsking] = useTransition();
  useEffect(() => {
    if (everyMs === null || asking) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") startAsking(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, asking, router]);
  return null;
}
