import type { StatusCounts } from "@/lib/runs/list/histogram-schema";
import { type RunStatus, runStatuses } from "@/lib/runs/status";

/** From the ground up: what went well is quiet and low, what went wrong stands on top. */
export const stackOrder: readonly RunStatus[] = [
  "succeeded",
  "cancelled",
  "queued",
  "running",
  "cancelling",
  "failed",
];

export const statusFill: Record<RunStatus, string> = {
  succeeded: "fill-ok-soft",
  cancelled: "fill-line-strong",
  queued: "fill-line-control",
  running: "fill-run-solid",
  cancelling: "fill-warn-solid",
  failed: "fill-fail-solid",
};

export const statusSwatch: Record<RunStatus, string> = {
  succeeded: "bg-ok-soft",
  cancelled: "bg-line-strong",
  queued: "bg-line-control",
  running: "bg-run-solid",
  cancelling: "bg-warn-solid",
  failed: "bg-fail-solid",
};

export function totalOf(counts: StatusCounts | null): number {
  return counts ? runStatuses.reduce((sum, status) => sum + counts[status], 0) : 0;
}

export function sumCounts(all: readonly (StatusCounts | null)[]): StatusCounts {
  const sum = { queued: 0, running: 0, cancelling: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const counts of all) if (counts) for (const status of runStatuses) sum[status] += counts[status];
  return sum;
}
