import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Choice } from "@/lib/datasets/schema";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";

/** What an earlier run was bound to, with the versions it had then; null when there is no such run. */
export async function choicesOfRun(scope: WorkspaceScope, runId: string): Promise<Choice[] | null> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { inputBindings: 1 }, maxTimeMS: 5_000 });
  const choices = run?.inputBindings.map(({ kind, id, versionId }) => ({
    kind,
    id,
    ...(versionId !== undefined && { versionId }),
  }));
  return choices ?? null;
}

/** How many tasks each executor gets, most first. */
export function tasksByExecutor(nodes: readonly GraphNode[]): { name: string; tasks: number }[] {
  const counts = new Map<string, number>();
  for (const { executorType } of nodes) counts.set(executorType, (counts.get(executorType) ?? 0) + 1);
  return [...counts].map(([name, tasks]) => ({ name, tasks })).sort((a, b) => b.tasks - a.tasks);
}
