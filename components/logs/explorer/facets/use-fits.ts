"use client";

import { useSyncExternalStore } from "react";

/** Whether the window is as wide as a media query asks; null until the browser is there to say. */
export function useFits(query: string): boolean | null {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
    () => null,
  );
}
