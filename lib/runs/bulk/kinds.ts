import { formatPlural } from "@/lib/format";
import type { RunStatus } from "../status";

/** What can be done to many runs at once. */
export const bulkKinds = ["cancel", "retry_failed", "rerun"] as const;
export type BulkKind = (typeof bulkKinds)[number];

interface KindWords {
  /** On a button, with its number: "Cancel 12 runs". */
  act: (runs: number) => string;
  /** Of a job: "Cancel", "Retry failed tasks". */
  name: string;
  /** What becomes of a run it acts on. */
  effect: string;
  /** What a run that was acted on is called: "12 cancelled". */
  done: string;
  /** What runs it leaves alone are, after a number. */
  leaves: string;
  /** Statuses of the runs it acts on; the others are left alone. */
  actsOn: readonly RunStatus[];
}

export const bulkKind: Record<BulkKind, KindWords> = {
  cancel: {
    act: (runs) => `Cancel ${formatPlural(runs, "run")}`,
    name: "Cancel",
    effect: "Tasks that wait end at once, running ones with their next heartbeat. What is done stays done.",
    done: "cancelled",
    leaves: "already over",
    actsOn: ["queued", "running"],
  },
  retry_failed: {
    act: (runs) => `Retry failed tasks of ${formatPlural(runs, "run")}`,
    name: "Retry failed tasks",
    effect:
      "Failed tasks, and those skipped behind them, run again in the same run. Their attempts are kept.",
    done: "retried",
    leaves: "without a failure",
    actsOn: ["failed"],
  },
  rerun: {
    act: (runs) => `Run ${formatPlural(runs, "run")} again`,
    name: "Run again",
    effect: "Each becomes a new run of the same version with the same inputs. The old one stays as it is.",
    done: "run again",
    leaves: "not over yet",
    actsOn: ["succeeded", "failed", "cancelled"],
  },
};

/** More than this at once is refused: the filter is to be narrowed. */
export const mostRuns = 10_000;

/** A job is listed, then worked on; the others are its ends. */
export const bulkJobStates = ["listing", "acting", "done", "aborted", "stopped"] as const;
export type BulkJobState = (typeof bulkJobStates)[number];

/** Of one run: waits, is being acted on, was acted on, needed nothing, was refused, went wrong, was left by an abort. */
export const bulkItemStates = ["waiting", "begun", "acted", "over", "refused", "failed", "left"] as const;
export type BulkItemState = (typeof bulkItemStates)[number];
