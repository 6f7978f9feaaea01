import type { ArchiveResult } from "@/lib/archive/archiver";
import type { BatchAnswer } from "@/lib/logs/ingest";
import type { StoreChoice } from "../stores";

/** Where a child is stopped, and how. */
export interface Stop {
  /** A point of the archiver ("before S5") or a step of a writer ("reserved"). */
  at: string;
  /** The n-th time it gets there, from 1. */
  nth: number;
  /**
   * kill: SIGKILL, like a power cut. pause: SIGSTOP, like a machine that hangs; SIGCONT lets it go on. wait: holds still
   * until the harness says go, while its timers run. announce: says that it is there, and goes on.
   */
  how: "kill" | "pause" | "wait" | "announce";
  /** Strikes that long after the point instead of at it: somewhere within the step. */
  afterMs?: number;
}

interface Common {
  workspaceId: string;
  episodeId: string;
  store: StoreChoice;
  stop: Stop | null;
  /** How far this process's clock is off. */
  clockShiftMs?: number;
}

export type ArchiveTask = Common & {
  kind: "archive";
  trigger: "threshold" | "on_demand";
  everything: boolean;
  ttlMs: number;
  /** Archivers at once in this one process. */
  times?: number;
};

export type IngestTask = Common & { kind: "ingest"; batchId: string; lines: string[] };

/** Copies what the newest restore of the episode asks for. */
export type RestoreTask = Common & { kind: "restore" };

export type Task = ArchiveTask | IngestTask | RestoreTask;

export interface Outcome {
  archive?: ArchiveResult[];
  ingest?: BatchAnswer;
  /** Most memory the process ever took. */
  maxRssBytes: number;
}

export type FromChild =
  | { type: "ready" }
  | { type: "at"; point: string }
  | { type: "done"; outcome: Outcome }
  | { type: "failed"; message: string };

export type ToChild = { type: "task"; task: Task } | { type: "go" };
