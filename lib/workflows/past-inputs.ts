import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type InputBinding, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/** One choice of inputs, as several runs may have made it. */
export interface PastInputs {
  key: string;
  bindings: InputBinding[];
  runs: number;
  lastRunId: string;
  lastAt: string;
}

const runsLookedAt = 100;

/** What the last runs of a workflow were bound to, the latest choice first. */
export async function listPastInputs(scope: WorkspaceScope, workflowId: string): Promise<PastInputs[]> {
  const runs = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { workflowDefinitionId: workflowId },
      {
        projection: { inputBindings: 1, createdAt: 1 },
        sort: { createdAt: -1, _id: -1 },
        limit: runsLookedAt,
        maxTimeMS: 5_000,
      },
    )
    .toArray();
  const found = new Map<string, PastInputs>();
  for (const { _id, inputBindings, createdAt } of runs) {
    if (inputBindings.length === 0) continue;
    const key = inputBindings
      .map(({ kind, id, versionId }) => `${kind} ${id} ${versionId ?? ""}`)
      .sort()
      .join("\n");
    const known = found.get(key);
    if (known) known.runs += 1;
    else
      found.set(key, {
        key,
        bindings: inputBindings,
        runs: 1,
        lastRunId: _id,
        lastAt: createdAt.toISOString(),
      });
  }
  return [...found.values()];
}
