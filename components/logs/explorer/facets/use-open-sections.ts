"use client";

import { useSyncExternalStore } from "react";
import { z } from "zod";

const storedSections = z.record(z.string(), z.boolean());
const storageKey = "strata.facets";
const changed = new EventTarget();

/**
 * Which sections of the rail a reader opened or closed; remembered in this browser, for every episode. Null where nobody did
 * anything, so that a section can begin in the state that suits it.
 */
export function useOpenSection(name: string, initially: boolean): [boolean, (open: boolean) => void] {
  const text = useSyncExternalStore(subscribe, read, () => null);
  const open = parse(text)[name] ?? initially;
  return [open, (next) => write({ ...parse(read()), [name]: next })];
}

function subscribe(listener: () => void): () => void {
  changed.addEventListener("change", listener);
  window.addEventListener("storage", listener);
  return () => {
    changed.removeEventListener("change", listener);
    window.removeEventListener("storage", listener);
  };
}

/** A browser may keep nothing; then every section begins as it does for a stranger. */
function read(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function write(sections: Record<string, boolean>): void {
  try {
    window.localStorage.setItem(storageKey, JSON.stringify(sections));
  } catch {
    // What cannot be remembered is not worth a word.
  }
  changed.dispatchEvent(new Event("change"));
}

function parse(text: string | null): Record<string, boolean> {
  try {
    return storedSections.catch({}).parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}
