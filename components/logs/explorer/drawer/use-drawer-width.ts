"use client";

import { type CSSProperties, useSyncExternalStore } from "react";

const narrowest = 300;
const widest = 900;
const usual = 376;
const stepPx = 48;
const storeKey = "strata.logs.drawer-width";

const listeners = new Set<() => void>();

/** How wide the details are, remembered in this browser. The list keeps the rest. */
export function useDrawerWidth() {
  const width = useSyncExternalStore(subscribe, remembered, () => usual);
  const style: CSSProperties & Record<`--${string}`, string> = { "--drawer-width": `min(${width}px, 60vw)` };
  return {
    width,
    style,
    narrowest,
    widest,
    resizeTo: remember,
    /** Wider or narrower by one step. */
    resizeBy: (by: 1 | -1) => remember(width + by * stepPx),
  };
}

export type DrawerWidth = ReturnType<typeof useDrawerWidth>;

function remember(width: number): void {
  try {
    localStorage.setItem(storeKey, String(clamped(width)));
  } catch {
    // A browser that keeps nothing keeps the usual width.
  }
  for (const changed of listeners) changed();
}

function remembered(): number {
  try {
    const width = Number(localStorage.getItem(storeKey));
    return width > 0 ? clamped(width) : usual;
  } catch {
    return usual;
  }
}

function clamped(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)));
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
