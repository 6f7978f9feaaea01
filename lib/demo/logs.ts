import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { endEpisode, ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import type { NewTask, RunWithTasks } from "@/lib/runs/create";
import { taskLog } from "./task-log";

/** Episodes written at once: more would only wait for each other in the database. */
const atOnce = 4;
const dayMs = 86_400_000;

/** Writes the logs of all tasks that have one, through the same path as any producer. Writing them again adds nothing. */
export async function writeTaskLogs(
  scope: WorkspaceScope,
  past: RunWithTasks[],
  anchor: Date,
  onEpisode: (written: number, total: number) => void = () => {},
): Promise<void> {
  const waiting = past.flatMap(({ tasks }) => tasks.filter((task) => task.logRef !== null));
  const total = waiting.length;
  let written = 0;
  const next = async () => {
    for (let task = waiting.pop(); task; task = waiting.pop()) {
      await writeTaskLog(scope, task, anchor);
      onEpisode(++written, total);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

async function writeTaskLog(scope: WorkspaceScope, task: NewTask, anchor: Date): Promise<void> {
  const { logRef: episodeId, startedAt } = task;
  if (episodeId === null || startedAt === null) return;
  const until = task.finishedAt ?? anchor;
  await ensureEpisode(scope, episodeId, {
    producer: { kind: "run_task", runId: task.workflowRunId, taskId: task._id },
  });
  await ingestLines(scope, episodeId, "demo", taskLog({ ...task, startedAt, until }));
  // What ended yesterday is for the archiver to take; today's logs stay where they are.
  if (until.getTime() < anchor.getTime() - dayMs) await endEpisode(scope, episodeId);
}

export async function ingestLines(
  scope: WorkspaceScope,
  episodeId: string,
  uploadId: string,
  lines: Iterable<string>,
): Promise<void> {
  const answer = await ingestStream(scope, { episodeId, uploadId, lines: numbered(lines) });
  if (!answer.ok)
    throw new Error(`The demo's log ${episodeId} is there with other content: ${answer.message}`);
}

async function* numbered(lines: Iterable<string>) {
  let number = 0;
  for (const text of lines) yield { number: ++number, text };
}
