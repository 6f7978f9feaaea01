import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import type { WorkflowFigures } from "./schema";

/** Runs that are read for the figures of a workflow: enough for a rate, and never more however often it runs. */
export const figuresFrom = 100;
const lastShown = 12;

/**
 * Figures of the last 30 days of each workflow, from run documents. One bounded walk along an index each: grouping all runs of
 * the window would read a busy workflow's every run to show twelve marks.
 */
export async function figuresOf(
  scope: WorkspaceScope,
  workflowIds: readonly string[],
  now: Date = new Date(),
): Promise<Map<string, WorkflowFigures>> {
  const since = new Date(now.getTime() - 30 * day);
  const figures = await Promise.all(
    workflowIds.map(async (id) => [id, await figuresOfOne(scope, id, since)] as const),
  );
  return new Map(figures);
}

async function figuresOfOne(
  scope: WorkspaceScope,
  workflowDefinitionId: string,
  since: Date,
): Promise<WorkflowFigures> {
  const runs = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { workflowDefinitionId },
      {
        projection: { status: 1, durationMs: 1, createdAt: 1 },
        sort: { createdAt: -1, _id: -1 },
        limit: figuresFrom + 1,
        maxTimeMS: 5_000,
      },
    )
    .toArray();
  const counted = runs.slice(0, figuresFrom).filter(({ createdAt }) => createdAt >= since);
  const ended = counted.filter(({ status }) => status === "succeeded" || status === "failed");
  const succeeded = ended.filter(({ status }) => status === "succeeded");
  return {
    last: runs
      .slice(0, lastShown)
      .reverse()
      .map(({ _id, status, durationMs, createdAt }) => ({
        id: _id,
        status,
        durationMs,
        at: createdAt.toISOString(),
      })),
    ended: ended.length,
    succeeded: succeeded.length,
    bounded: runs.length > figuresFrom && counted.length === figuresFrom,
    durationP50Ms: median(succeeded.flatMap(({ durationMs }) => durationMs ?? [])),
  };
}

function median(values: number[]): number | null {
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
