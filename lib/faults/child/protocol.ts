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

/** What a person asks of a run, in a process that may not live to answer. */
export type OperateTask = Omit<Common, "episodeId"> & { kind: "operate"; wish: Wish };

export type Wish =
  | { act: "cancel" | "retry_failed"; runId: string }
  | { act: "retry_tasks"; runId: string; targets: string[] }
  | { act: "retry_run"; runId: string; key: string }
  | { act: "start"; workflowId: string; key: string };

export type Task = ArchiveTask | IngestTask | RestoreTask | OperateTask;

export interface Outcome {
  archive?: ArchiveResult[];
  ingest?: BatchAnswer;
  operated?: { ok: boolean };
  /** Most memory the process ever took. */
  maxRssBytes: number;
}

export type FromChild =
  | { type: "ready" }
  | { type: "at"; point: string }
  | { type: "done"; outcome: Outcome }
  | { type: "failed"; message: string };

export type ToChild = { type: "task"; task: Task } | { type: "go" };
