"use client";

import { useSyncExternalStore } from "react";

const query = "(min-width: 720px)";

/** What there is room for. Unknown on the server, so that a phone never loads what only a wide screen draws. */
export function useScreen(): "wide" | "phone" | "unknown" {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => (window.matchMedia(query).matches ? "wide" : "phone"),
    () => "unknown",
  );
}
