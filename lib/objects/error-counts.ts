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

export interface StoreErrorCount {
  requests: number;
  lastAt: Date;
}

let counts = new Map<StoreErrorKind, StoreErrorCount>();

/** Counts one failed request of this process; one that is tried again and then succeeds counts too. */
export function countStoreError(kind: StoreErrorKind): void {
  add(kind, { requests: 1, lastAt: new Date() });
}

/** What was counted since the last call. Whoever takes them puts them on record, or gives them back. */
export function takeStoreErrors(): Map<StoreErrorKind, StoreErrorCount> {
  const taken = counts;
  counts = new Map();
  return taken;
}

export function giveBackStoreErrors(taken: Map<StoreErrorKind, StoreErrorCount>): void {
  for (const [kind, count] of taken) add(kind, count);
}

function add(kind: StoreErrorKind, { requests, lastAt }: StoreErrorCount): void {
  const before = counts.get(kind);
  const later = before && before.lastAt > lastAt ? before.lastAt : lastAt;
  counts.set(kind, { requests: (before?.requests ?? 0) + requests, lastAt: later });
}
