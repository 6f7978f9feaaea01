"use client";

import { useEffect, useEffectEvent } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";

/** `f` fits the graph, from wherever the focus is on the page; a dialog or a menu over it keeps its keys. */
export function useFitKey(onFit: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "f" || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (!document.querySelector('[role="dialog"], [role="menu"]')) onFit();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
