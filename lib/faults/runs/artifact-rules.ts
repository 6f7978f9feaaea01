import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { type RunTask, runTaskAttempts } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/**
 * What workers made is seen where an accepted end names it, and nowhere else: a task names nothing that is not there, and what
 * nobody names is marked for its collector.
 */
export async function brokenArtifacts(
  scope: WorkspaceScope,
  tasks: RunTask[],
): Promise<[invariant: string, evidence: string][]> {
  const store = scoped(scope);
  const made = await store
    .collection(artifacts)
    .find(
      { producerType: "run_task", producerId: { $in: tasks.map(({ _id }) => _id) } },
      { projection: { unaccepted: 1 }, sort: { _id: 1 } },
    )
    .toArray();
  const runIds = [...new Set(tasks.map(({ workflowRunId }) => workflowRunId))];
  const attempts = await store
    .collection(runTaskAttempts)
    .find(
      { workflowRunId: { $in: runIds } },
      { projection: { taskId: 1, outputArtifactIds: 1 }, sort: { _id: 1 } },
    )
    .toArray();
  const there = new Set(made.map(({ _id }) => _id));
  const named = new Set([...tasks, ...attempts].flatMap(({ outputArtifactIds }) => outputArtifactIds));
  const missing = [...named].filter((id) => !there.has(id));
  const shown = made.filter(({ _id, unaccepted }) => !unaccepted && !named.has(_id));
  return [
    ...missing.map((id): [string, string] => ["artifacts", `${id} is named by a task and is not there`]),
    ...shown.map(({ _id }): [string, string] => ["artifacts", `${_id} looks accepted and no task names it`]),
  ];
}
