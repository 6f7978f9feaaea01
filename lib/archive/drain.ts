/** Rows a second that came in and that went to the archive, over the same stretch of time. */
export interface ArchiveRates {
  archivedPerSecond: number;
  ingestedPerSecond: number;
  /** Since when the rates are counted. */
  since: string;
}

/** When nothing will wait any more, should both rates stay as they are. */
export type Drain =
  | { kind: "idle" }
  | { kind: "draining"; ms: number }
  /** As much comes in as is archived, or more. */
  | { kind: "behind" }
  /** Rows wait and none was archived. */
  | { kind: "standing" };

/** The rate that counts is the difference: what is archived while as much again comes in shortens no queue. */
export function drainOf(
  waitingLogs: number,
  { archivedPerSecond, ingestedPerSecond }: Pick<ArchiveRates, "archivedPerSecond" | "ingestedPerSecond">,
): Drain {
  if (waitingLogs <= 0) return { kind: "idle" };
  if (archivedPerSecond <= 0) return { kind: "standing" };
  const gain = archivedPerSecond - ingestedPerSecond;
  return gain > 0 ? { kind: "draining", ms: (waitingLogs / gain) * 1000 } : { kind: "behind" };
}
