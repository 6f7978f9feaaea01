import type { WorkspaceScope } from "@/lib/auth/access";
import type { RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";

/** What a node of a workflow may name as its executor. `external` is whoever speaks the worker API. */
export const executorTypes = ["builtin", "process", "http", "external", "replay"] as const;
export type ExecutorType = (typeof executorTypes)[number];

/** What `builtin` can do, by node type. */
export const builtinNodeTypes = ["probe", "filter", "set", "report", "sleep", "fail", "log"] as const;
export type BuiltinNodeType = (typeof builtinNodeTypes)[number];

export const logStreams = ["stdout", "stderr", "system"] as const;
export type LogStream = (typeof logStreams)[number];

/** Something that a task made and that is kept. `name` tells it from others of the same task; its title does otherwise. */
export type NewArtifact = { type: string; title: string; name?: string } & (
  | { json: unknown }
  | { body: string | Uint8Array; contentType?: string }
);

/** One task as its executor gets it. Whoever works through `scope` sees the workspace of the task and no other. */
export interface TaskWork {
  scope: WorkspaceScope;
  task: RunTask;
  run: Pick<WorkflowRun, "_id" | "workflowName" | "inputBindings" | "assetIds" | "datasetIds">;
  /** Aborted when the run is cancelled, the time is up, the lease is lost or the worker stops: end soon, by throwing. */
  signal: AbortSignal;
  /** One line, or several at once; written within half a second, in this order. */
  log(stream: LogStream, message: string, level?: "debug" | "info" | "warn" | "error" | "fatal"): void;
  /** Resolves when the log has room again. For those who write more than they wait. */
  logRoom(): Promise<void>;
  /** Its id. It is seen by nobody until the completion of this very delivery is accepted. */
  artifact(artifact: NewArtifact): Promise<string>;
}

export interface Outcome {
  outcome: "succeeded" | "failed";
  errorMessage?: string;
  /** A small picture of the result, shown with the task and handed to what comes behind. */
  preview?: Record<string, unknown>;
  summary?: Record<string, unknown>;
  /** The assets that what comes behind works on, where they are others than this task's own. */
  assetIds?: string[];
}

/**
 * Does the work of a task. What it throws is the failure of the task, in the words of its message. It may be called again for
 * the same task after a lost lease, so what it changes outside it must bear being done twice.
 */
export interface Executor {
  run(work: TaskWork): Promise<Outcome>;
}
