"use client";

import { useSyncExternalStore } from "react";

/** How a page stands to the run it shows. */
export type LiveState =
  /** Nothing to follow: the run is over, or nobody looks. */
  | { kind: "still" }
  | { kind: "connecting" }
  | { kind: "live" }
  /** Broke off: asked for every few seconds until the connection stands again. */
  | { kind: "polling" }
  /** Ended for good: why. */
  | { kind: "refused"; message: string };

const still: LiveState = { kind: "still" };
const states = new Map<string, LiveState>();
const watchers = new Set<() => void>();

export function setLiveState(runId: string, state: LiveState): void {
  if (state.kind === "still") states.delete(runId);
  else states.set(runId, state);
  for (const changed of watchers) changed();
}

export function useLiveState(runId: string): LiveState {
  return useSyncExternalStore(
    watch,
    () => states.get(runId) ?? still,
    () => still,
  );
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
