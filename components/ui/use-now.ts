"use client";

import { useCallback, useSyncExternalStore } from "react";

/** The time, rounded down to `stepMs`, kept current while mounted. Text made from it needs `suppressHydrationWarning`. */
export function useNow(stepMs: number): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, stepMs);
      return () => clearInterval(timer);
    },
    [stepMs],
  );
  const read = () => Math.floor(Date.now() / stepMs) * stepMs;
  return useSyncExternalStore(subscribe, read, read);
}
