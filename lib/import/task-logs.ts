import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { episodeNameOf } from "@/lib/logs/episode-name";
import { endEpisode, ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream, maxLineBytes } from "@/lib/logs/ingest-stream";
import { readLines, type UploadLine } from "@/lib/logs/read-lines";
import { attachLog } from "@/lib/runs/attach-log";
import { listRunTasks } from "@/lib/runs/queries";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import type { LogImport } from "./logs";
import type { Progress } from "./progress";
import { contentOf, examineFile } from "./read-file";
import { RejectedFile } from "./rejected-file";

export interface TaskLogImport extends LogImport {
  /** Tasks that the file has lines of. */
  tasks: number;
}

/** Lines held at once, so that a file of any length needs the same memory. */
const linesPerTurn = 20_000;
const named = z.object({ task: z.string() });

/**
 * An NDJSON file becomes the logs of the tasks of a run: each line names its task by node id in `task`, and is otherwise a line
 * like any other. What it becomes is named after the file's content, so importing it again adds nothing.
 */
export async function importTaskLogs(
  scope: WorkspaceScope,
  path: string,
  runId: string,
  { progressBar }: { progressBar?: (label: string, total: number) => Progress } = {},
): Promise<TaskLogImport> {
  const tasks = new Map((await listRunTasks(scope, runId)).map((task) => [task.nodeId, task]));
  if (tasks.size === 0) throw new AppError("not_found", `--run ${runId}: there is no such run.`);
  const file = await examineFile(path);
  const rejectedFile = new RejectedFile(file.name);
  const progress = progressBar?.(`importing ${file.name}`, file.sizeBytes);
  const written = new Map<string, { task: TaskRow; episodeId: string }>();
  const total = { accepted: 0, rejected: 0 };
  let bytesRead = 0;
  const counted = async function* () {
    for await (const chunk of contentOf(path)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  const refuse = async (line: UploadLine, reason: string) => {
    total.rejected++;
    await rejectedFile.add({ line: line.number, reason, text: line.text });
  };
  const store = async (waiting: ReadonlyMap<TaskRow, UploadLine[]>, turn: number) => {
    for (const [task, lines] of waiting) {
      const episodeId = task.logRef ?? episodeNameOf([runId, task.nodeId]);
      if (!written.has(task.id)) {
        await ensureEpisode(scope, episodeId, { producer: { kind: "run_task", runId, taskId: task.id } });
        written.set(task.id, { task, episodeId });
      }
      const answer = await ingestStream(scope, {
        episodeId,
        uploadId: `sha256:${file.sha256}:${task.id}:${turn}`,
        lines: inOrder(lines),
        onRejected: (line) => rejectedFile.add(line),
      });
      if (!answer.ok) throw new AppError("conflict", `${path}: ${answer.message}`);
      total.accepted += answer.accepted;
      total.rejected += answer.rejected;
      progress?.update(bytesRead, `${total.accepted.toLocaleString("en")} rows`);
    }
  };
  try {
    let waiting = new Map<TaskRow, UploadLine[]>();
    let held = 0;
    let turn = 0;
    for await (const line of readLines(counted(), maxLineBytes)) {
      const nodeId = line.problem === undefined ? taskOf(line.text) : null;
      const task = tasks.get(nodeId ?? "");
      if (!task) {
        await refuse(line, line.problem ?? (nodeId ? `the run has no task ${nodeId}` : "no task is named"));
        continue;
      }
      const lines = waiting.get(task) ?? [];
      waiting.set(task, lines);
      lines.push(line);
      if (++held < linesPerTurn) continue;
      await store(waiting, turn++);
      waiting = new Map();
      held = 0;
    }
    await store(waiting, turn);
    for (const { task, episodeId } of written.values()) {
      await attachLog(scope, { runId, taskId: task.id }, episodeId);
      if (taskStatus[task.status].final) await endEpisode(scope, episodeId);
    }
    const { first } = rejectedFile;
    return {
      ...total,
      tasks: written.size,
      firstRejected: first && { line: first.line, reason: first.reason },
      rejectedPath: first && rejectedFile.path,
    };
  } finally {
    progress?.end();
    await rejectedFile.close();
  }
}

function taskOf(text: string): string | null {
  try {
    return named.safeParse(JSON.parse(text)).data?.task ?? null;
  } catch {
    return null;
  }
}

async function* inOrder(lines: UploadLine[]): AsyncGenerator<UploadLine> {
  yield* lines;
}
