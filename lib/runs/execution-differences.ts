import { formatDuration } from "@/lib/format";
import type { Execution } from "./executions";
import { taskStatus } from "./status";
import { headline } from "./task-reason";
import { taskDurationMs } from "./task-sort";

export interface Difference {
  name: string;
  first: string | null;
  second: string | null;
  same: boolean;
  /** Of durations: how much longer the second took. */
  deltaMs: number | null;
}

/** What two executions of a task have in common, and what not. */
export function differencesOf(before: Execution, after: Execution, asOf: string): Difference[] {
  return [
    text("Outcome", taskStatus[before.status].label, taskStatus[after.status].label),
    text("Error", headline(before.errorMessage), headline(after.errorMessage)),
    text("Worker", before.workerId, after.workerId),
    duration("Waited", waitedMs(before), waitedMs(after)),
    duration("Ran", taskDurationMs(before, asOf), taskDurationMs(after, asOf)),
    text("Lost workers", String(before.stalls), String(after.stalls)),
  ];
}

function text(name: string, first: string | null, second: string | null): Difference {
  return { name, first, second, same: first === second, deltaMs: null };
}

function duration(name: string, first: number | null, second: number | null): Difference {
  const write = (ms: number | null) => (ms === null ? null : formatDuration(ms));
  const deltaMs = first === null || second === null ? null : second - first;
  return { name, first: write(first), second: write(second), same: first === second, deltaMs };
}

function waitedMs({ queuedAt, startedAt }: Execution): number | null {
  return queuedAt && startedAt ? Math.max(0, Date.parse(startedAt) - Date.parse(queuedAt)) : null;
}
