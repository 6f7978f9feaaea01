import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { episodeNameOf } from "@/lib/logs/episode-name";
import { ensureEpisode } from "@/lib/logs/episodes";
import { ingestBatch } from "@/lib/logs/ingest";
import { ingestSettings } from "@/lib/logs/ingest-settings";
import type { LogLevel } from "@/lib/logs/level";
import { entryOfParts, type ParsedEntry } from "@/lib/logs/parse-line";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { Held } from "../advance";
import type { LogStream } from "../executors/executor";

export interface TaskLogLine {
  stream: LogStream;
  message: string;
  level: LogLevel;
  at: Date;
}

export interface TaskLogBatch {
  /** Names the batch among those of one delivery; sending it again counts and stores nothing twice. */
  batchId: string;
  lines: TaskLogLine[];
}

/** Lines of each tail that stay with the task: what a page shows before it has asked for the log. */
const tailLines = 50;
const tailLineLength = 2_000;

type LoggedTask = Pick<RunTask, "workflowRunId" | "nodeId" | "attempt" | "logRef">;

/**
 * Writes lines of a task's log: the whole into the log engine, the last of them and their counts onto the task. "lost" means
 * that the task is somebody else's by now; nothing is written then. A worker sends its batches one after the other: the counts
 * go by how far the log has been counted, so a batch that comes twice is counted once (also when the first answer was lost
 * between the log and the task).
 */
export async function appendTaskLog(
  scope: WorkspaceScope,
  { taskId, fence }: Held,
  { batchId, lines }: TaskLogBatch,
): Promise<"written" | "lost"> {
  if (lines.length === 0) return "written";
  const tasks = scoped(scope).collection(runTasks);
  const task = await tasks.findOne(
    { _id: taskId, status: "running", fence },
    { projection: { workflowRunId: 1, nodeId: 1, attempt: 1, logRef: 1 } },
  );
  if (!task) return "lost";
  if (task.logRef === null) throw new Error(`Task ${taskId} runs without a name for its log`);
  // A claim names the log after its node, whose id may have other characters than a log's.
  const logRef = episodeNameOf([task.logRef]);
  if (logRef !== task.logRef) {
    await tasks.updateOne({ _id: taskId, status: "running", fence }, { $set: { logRef } });
  }
  await ensureEpisode(scope, logRef, {
    producer: { kind: "run_task", runId: task.workflowRunId, taskId },
  });
  const entries = lines.map((line) => entryOf(task, line));
  const answer = await ingestBatch(scope, {
    episodeId: logRef,
    batchId: `task ${fence} ${batchId}`,
    entries,
  });
  if (!answer.ok) throw new AppError("conflict", answer.message);
  const through = Number(answer.last);
  const tails = await tailsOf(scope, entries, lines);
  // No change of status, so the fence stays as it is.
  await tasks.updateOne(
    {
      _id: taskId,
      status: "running",
      fence,
      $nor: [{ "logCounted.logRef": logRef, "logCounted.through": { $gte: through } }],
    },
    {
      $inc: { stdoutCount: countOf(lines, "stdout"), stderrCount: countOf(lines, "stderr") },
      $push: {
        logLines: { $each: tails.all, $slice: -tailLines },
        stdoutLines: { $each: tails.stdout, $slice: -tailLines },
        stderrLines: { $each: tails.stderr, $slice: -tailLines },
      },
      $set: { logCounted: { logRef, through } },
    },
  );
  return "written";
}

function entryOf({ nodeId, attempt }: LoggedTask, { stream, message, level, at }: TaskLogLine): ParsedEntry {
  const metadataText = JSON.stringify({ source: nodeId, attempt, stream });
  return entryOfParts({ message, metadataText, timestamp: at, level, flags: [] });
}

const countOf = (lines: TaskLogLine[], stream: LogStream) =>
  lines.reduce((count, line) => count + Number(line.stream === stream), 0);

/** Masked by the rules of the workspace, as what the log engine stored is; all at once, since each time costs as much as many lines. */
async function tailsOf(scope: WorkspaceScope, entries: ParsedEntry[], lines: TaskLogLine[]) {
  const { redactor } = await ingestSettings(scope);
  const indexes = lines.map((_, index) => index);
  const of = (stream: LogStream) => indexes.filter((index) => lines[index]?.stream === stream);
  const tails = [indexes, of("stdout"), of("stderr")].map((tail) => tail.slice(-tailLines));
  const shown = [...new Set(tails.flat())].sort((a, b) => a - b);
  const masked = redactor.apply(shown.flatMap((index) => entries[index] ?? []));
  const messages = new Map(shown.map((index, place) => [index, shortened(masked[place]?.message ?? "")]));
  const [all = [], stdout = [], stderr = []] = tails.map((tail) =>
    tail.map((index) => messages.get(index) ?? ""),
  );
  return { all, stdout, stderr };
}

const shortened = (message: string) =>
  message.length > tailLineLength ? `${message.slice(0, tailLineLength)}…` : message;
