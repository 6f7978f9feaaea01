import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTaskAttempts, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

export interface AttemptStory {
  attempts: number;
  /** Attempts beyond the first of each task: what people asked for. */
  retries: number;
  /** What does not fit together, or null. */
  problem: string | null;
}

/** Whether the attempts of a run tell what happened: each one before the last is kept, and all that ran have their log. */
export async function attemptsOf(scope: WorkspaceScope, runId: string): Promise<AttemptStory> {
  const store = scoped(scope);
  const tasks = await store
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      { projection: { nodeId: 1, attempt: 1, logRef: 1, startedAt: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  const kept = await store
    .collection(runTaskAttempts)
    .find(
      { workflowRunId: runId },
      { projection: { taskId: 1, attempt: 1, status: 1, logRef: 1 }, sort: { taskId: 1, fence: 1 } },
    )
    .toArray();
  const failed = kept.filter(({ status }) => status === "failed");
  const retries = tasks.reduce((sum, { attempt }) => sum + attempt - 1, 0);
  const ran = tasks.filter(({ startedAt }) => startedAt !== null);
  const logs = [...ran, ...failed].flatMap(({ logRef }) => logRef ?? []);
  const written = await countLogs(scope, logs);
  const lacking = ran.length + failed.length - written;
  const problems = [
    ...(failed.length === retries ? [] : [`${retries} retries, ${failed.length} failed attempts kept`]),
    ...(lacking === 0 ? [] : [`${lacking} attempts have no log of their own`]),
  ];
  return {
    attempts: ran.length + failed.length,
    retries,
    problem: problems.length === 0 ? null : problems.join(", "),
  };
}

async function countLogs(scope: WorkspaceScope, episodeIds: string[]): Promise<number> {
  const unique = [...new Set(episodeIds)];
  let found = 0;
  for (let start = 0; start < unique.length; start += 1_000) {
    found += await scoped(scope)
      .collection(logMetadata)
      .countDocuments({ episodeId: { $in: unique.slice(start, start + 1_000) }, totalLogs: { $gt: 0n } });
  }
  return found;
}
