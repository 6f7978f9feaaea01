/** What goes wrong between us and an object store, as its figure in the console tells it. */
export const storeErrorKinds = [
  "throttled",
  "server",
  "timeout",
  "connection",
  "refused",
  "conflict",
  "damaged",
  "full",
  "misconfigured",
] as const;
export type StoreErrorKind = (typeof storeErrorKinds)[number];

let counts = new Map<StoreErrorKind, number>();

/** Counts one failed request of this process; one that is tried again and then succeeds counts too. */
export function countStoreError(kind: StoreErrorKind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

/** What was counted since the last call. Whoever takes them puts them on record, or gives them back. */
export function takeStoreErrors(): Map<StoreErrorKind, number> {
  const taken = counts;
  counts = new Map();
  return taken;
}

export function giveBackStoreErrors(taken: Map<StoreErrorKind, number>): void {
  for (const [kind, count] of taken) counts.set(kind, (counts.get(kind) ?? 0) + count);
}
