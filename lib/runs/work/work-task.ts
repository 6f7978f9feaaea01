import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { formatDuration } from "@/lib/format";
import { type RunTask, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { Completion } from "../advance";
import { requestAggregate } from "../aggregate";
import type { Executor, Outcome, TaskWork } from "../executors/executor";
import { saveArtifact, toStored } from "./artifacts";
import { finishTask, handBack } from "./finish";
import { heartbeatMs, keepLease } from "./lease";
import { boundedPreview } from "./preview";
import { TaskStop } from "./stop";
import { TaskLog } from "./task-log";

/** How a worker's turn with a task ended. */
export type WorkEnd = "completed" | "fenced_out" | "lost" | "given_back";

export interface WorkOptions {
  /** Aborted when the worker stops: the task is given back then. */
  stop?: AbortSignal;
  heartbeatEveryMs?: number;
  /** After its signal was aborted, an executor that does not end is left to itself. Well below the grace of a cancellation. */
  abortGraceMs?: number;
}

const usualAbortGraceMs = 10_000;
/** A process that stops has little time itself. */
const stoppingGraceMs = 1_000;
const longestTimeoutMs = 2 ** 31 - 1;
const firstRetryMs = 250;

/** Does a task that was just claimed, from its first heartbeat to what follows from its end. */
export async function workTask(
  scope: WorkspaceScope,
  task: RunTask,
  executor: Executor,
  { stop, heartbeatEveryMs = heartbeatMs, abortGraceMs = usualAbortGraceMs }: WorkOptions = {},
): Promise<WorkEnd> {
  const run = await readRun(scope, task.workflowRunId);
  // Cancelled between the promotion of the task and its claim: no work is begun that nobody wants.
  if (!run || run.status === "cancelling" || task.cancelRequestedAt !== null) {
    return finishTask(scope, task, cancelled);
  }
  // From here on the run is one that runs.
  requestAggregate(scope, task.workflowRunId);
  const held = { taskId: task._id, fence: task.fence };
  const control = new AbortController();
  const ended = new AbortController();
  const log = new TaskLog(scope, held, () => control.abort(new TaskStop("lost")));
  const onStop = () => control.abort(new TaskStop("stopping"));
  if (stop?.aborted) onStop();
  stop?.addEventListener("abort", onStop, { once: true });
  const timeout = timeoutOf(task, control);
  void keepLease(scope, held, control, ended.signal, heartbeatEveryMs);
  const made: string[] = [];
  try {
    log.add({ stream: "system", level: "info", message: `Attempt ${task.attempt} on ${task.workerId}` });
    const result = await outcomeOf(
      executor,
      {
        scope,
        task,
        run,
        signal: control.signal,
        log: (stream, message, level = stream === "stderr" ? "warn" : "info") =>
          log.add({ stream, message, level }),
        logRoom: () => log.room(),
        artifact: async (artifact) => {
          const id = await saveArtifact(scope, task, toStored(artifact));
          if (!made.includes(id)) made.push(id);
          return id;
        },
      },
      abortGraceMs,
    );
    clearTimeout(timeout);
    if (result === "lost") return "lost";
    if (result === "stopping") {
      log.add({
        stream: "system",
        level: "warn",
        message: "The worker stops: the task goes back into the queue",
      });
      await log.close();
      return await handBack(scope, task);
    }
    const completion = result === "cancelled" ? cancelled : completionOf(result, made);
    log.add(lastLine(completion, task));
    await log.close();
    return await untilLost(control.signal, () => finishTask(scope, task, completion));
  } finally {
    ended.abort();
    clearTimeout(timeout);
    stop?.removeEventListener("abort", onStop);
    log.abandon();
  }
}

/** What the executor says, or why it was stopped. One that ends well in spite of the signal has done the work. */
async function outcomeOf(
  executor: Executor,
  work: TaskWork,
  abortGraceMs: number,
): Promise<Outcome | "cancelled" | "lost" | "stopping"> {
  const { signal } = work;
  const given = signal.aborted ? Promise.reject(signal.reason) : executor.run(work);
  const result = await Promise.race([
    given.catch((error: unknown): Outcome => ({ outcome: "failed", errorMessage: messageOf(error) })),
    abandoned(signal, abortGraceMs),
  ]);
  const why = signal.reason instanceof TaskStop ? signal.reason : null;
  if (why?.reason === "lost") return "lost";
  if (result.outcome === "succeeded" || !why) return result;
  return why.reason === "timed_out" ? { ...result, errorMessage: why.message } : why.reason;
}

async function abandoned(signal: AbortSignal, graceMs: number): Promise<Outcome> {
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  const stopping = signal.reason instanceof TaskStop && signal.reason.reason === "stopping";
  await sleep(stopping ? Math.min(graceMs, stoppingGraceMs) : graceMs, undefined, { ref: false });
  return { outcome: "failed", errorMessage: "The task did not stop when it was told to." };
}

/** The store may be away for a moment just then: as long as the lease is kept, the end is said again. */
async function untilLost<T>(signal: AbortSignal, say: () => Promise<T>): Promise<T | "lost"> {
  for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(2 * pauseMs, 5_000)) {
    try {
      return await say();
    } catch (error) {
      if (signal.reason instanceof TaskStop && signal.reason.reason === "lost") return "lost";
      if (pauseMs > 30_000) throw error;
      await sleep(pauseMs);
    }
  }
}

const cancelled: Completion = {
  outcome: "cancelled",
  errorMessage: null,
  outputArtifactIds: [],
  lastResultPreview: null,
};

function completionOf(
  { outcome, errorMessage, preview, summary, assetIds }: Outcome,
  made: string[],
): Completion {
  return {
    outcome,
    errorMessage: outcome === "failed" ? (errorMessage ?? "The task failed without saying why.") : null,
    outputArtifactIds: made,
    lastResultPreview: boundedPreview(preview ?? null),
    summary,
    outputAssetIds: assetIds,
  };
}

function lastLine({ outcome, errorMessage }: Completion, { startedAt }: RunTask) {
  const stream = "system" as const;
  if (outcome === "failed") return { stream, level: "error" as const, message: errorMessage ?? "Failed" };
  if (outcome === "cancelled") return { stream, level: "warn" as const, message: "Cancelled" };
  // By the clock of this process, so a few milliseconds beside what the database measures.
  const took =
    startedAt === null ? "" : ` in ${formatDuration(Math.max(0, Date.now() - startedAt.getTime()))}`;
  return { stream, level: "info" as const, message: `Succeeded${took}` };
}

function timeoutOf({ executorConfig }: RunTask, control: AbortController): NodeJS.Timeout | undefined {
  const { timeoutMs } = executorConfig;
  if (typeof timeoutMs !== "number" || !(timeoutMs > 0)) return undefined;
  const message = `The task took longer than the ${formatDuration(timeoutMs)} it may take (timeoutMs).`;
  return setTimeout(
    () => control.abort(new TaskStop("timed_out", message)),
    Math.min(timeoutMs, longestTimeoutMs),
  );
}

function readRun(scope: WorkspaceScope, runId: string) {
  return scoped(scope)
    .collection(workflowRuns)
    .findOne(
      { _id: runId },
      { projection: { status: 1, workflowName: 1, inputBindings: 1, assetIds: 1, datasetIds: 1 } },
    );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
