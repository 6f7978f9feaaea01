import type { WorkspaceArchive } from "./schema";

type Risky = Pick<
  WorkspaceArchive,
  "damagedChunks" | "states" | "failedAttempts24h" | "overdueChunks" | "waitingLogs" | "hotLogs"
> & {
  sweep: { unexplained: number } | null;
};

/** In this order: rows that cannot be read, episodes that wait too long, what failed, what nobody checked, what is nobody's. */
const measures: ((one: Risky) => number)[] = [
  (one) => one.damagedChunks,
  (one) => one.states.overdue,
  (one) => one.failedAttempts24h,
  (one) => one.overdueChunks,
  (one) => one.sweep?.unexplained ?? 0,
  (one) => one.waitingLogs,
  (one) => one.hotLogs,
];

/** Workspaces by what needs a person, worst first. */
export function byRisk<T extends Risky>(workspaces: readonly T[]): T[] {
  return [...workspaces].sort((a, b) => {
    for (const measure of measures) {
      const difference = measure(b) - measure(a);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
