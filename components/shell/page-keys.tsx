"use client";

import { useEffect, useSyncExternalStore } from "react";

export interface PageKeyGroup {
  title: string;
  /** Keys as they are pressed ("j k", "g g"), and what they do. */
  keys: readonly (readonly [keys: string, does: string])[];
}

const none: readonly PageKeyGroup[] = [];
let shown = none;
const listeners = new Set<() => void>();

function replace(groups: readonly PageKeyGroup[]): void {
  shown = groups;
  for (const listener of listeners) listener();
}

/**
 * Lists a page's own keys in the `?` sheet while it is on screen. Handling them is the page's business. `group` must be a
 * constant of the module, or it is listed anew on every render.
 */
export function PageKeys({ group }: { group: PageKeyGroup }) {
  useEffect(() => {
    replace([...shown, group]);
    return () => replace(shown.filter((other) => other !== group));
  }, [group]);
  return null;
}

export function usePageKeys(): readonly PageKeyGroup[] {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => shown,
    () => none,
  );
}
