"use client";

import { useSyncExternalStore } from "react";

const query = "(min-width: 720px)";

/** Whether there is room for the graph. False on the server, so a phone never loads what draws it. */
export function useWideScreen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
