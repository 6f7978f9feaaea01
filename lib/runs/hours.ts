import { type RunStatus, runStatuses } from "./status";

export const hourMs = 3_600_000;

/** Runs of one status in one hour of the window, hour 0 being the oldest. */
export interface HourCount {
  hour: number | bigint;
  status: RunStatus;
  runs: number;
}

/** Starts of the hours of a window, oldest first; the last one is the hour that is still going. */
export function hoursOfWindow(now: Date, windowHours: number): Date[] {
  const current = Math.floor(now.getTime() / hourMs) * hourMs;
  return Array.from(
    { length: windowHours },
    (_, index) => new Date(current - (windowHours - 1 - index) * hourMs),
  );
}

export function totalsByStatus(counts: Pick<HourCount, "status" | "runs">[]): Record<RunStatus, number> {
  const totals = { queued: 0, running: 0, cancelling: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const { status, runs } of counts) if (runStatuses.includes(status)) totals[status] += Number(runs);
  return totals;
}
