import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { writeAudit } from "@/lib/db/audit";
import { formatPlural } from "@/lib/format";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { noSuchRun, type Refused } from "@/lib/runs/control/refusal";
import { createRuns } from "@/lib/runs/create";
import { maxTasksOfRun } from "@/lib/runs/queries";
import { runStatus } from "@/lib/runs/status";
import { derivedId } from "@/lib/workflows/fingerprint";
import { toReplay } from "./documents";
import type { ReplayInput } from "./schema";

const runFields = {
  status: 1,
  workflowDefinitionId: 1,
  workflowVersionId: 1,
  workflowName: 1,
  workflowVersionNumber: 1,
  projectId: 1,
  inputBindings: 1,
  assetIds: 1,
  datasetIds: 1,
} as const;

const taskFields = {
  nodeId: 1,
  nodeName: 1,
  nodeType: 1,
  nodeDefinitionId: 1,
  upstreamNodeIds: 1,
  executorConfig: 1,
  durationMs: 1,
} as const;

const sayAgain: Refused = {
  ok: false,
  code: "conflict",
  message: "This form has made another replay already. Close it and open it again.",
};

/** Makes a new run that plays a finished one again, task by task. The task worker does the rest, as with any run. */
export async function replayRun(
  scope: WorkspaceScope,
  { runId: recordedId, key, ...settings }: ReplayInput,
): Promise<{ ok: true; runId: string; tasks: number; message: string } | Refused> {
  const store = scoped(scope);
  const recorded = await store
    .collection(workflowRuns)
    .findOne({ _id: recordedId }, { projection: runFields });
  if (!recorded) return noSuchRun;
  if (!runStatus[recorded.status].final) {
    return {
      ok: false,
      code: "conflict",
      message: "The run is not over yet: only a finished one can be replayed.",
    };
  }
  const tasks = await store
    .collection(runTasks)
    .find(
      { workflowRunId: recordedId },
      { projection: taskFields, sort: { nodeId: 1 }, limit: maxTasksOfRun },
    )
    .toArray();
  const runId = derivedId("run", scope.workspaceId, "replay", key);
  const replay = toReplay(recorded, tasks, settings, {
    runId,
    triggeredBy: scope.userId ?? scope.actor,
    createdAt: new Date(),
  });
  await createRuns(scope, [replay]);
  const made = await store.collection(workflowRuns).findOne({ _id: runId }, { projection: { summary: 1 } });
  if (!made || !sameReplay(made.summary, replay.run.summary)) return sayAgain;
  await writeAudit(scope, {
    action: "run.replay",
    resourceType: "workflow_run",
    resourceId: runId,
    after: { replayOf: recordedId, ...settings },
    key: `run.replay ${runId}`,
  });
  return {
    ok: true,
    runId,
    tasks: tasks.length,
    message: `${formatPlural(tasks.length, "task")} are replayed.`,
  };
}

/** Whether the run that the key has made is the one that is asked for now. */
const sameReplay = (made: Record<string, unknown>, asked: Record<string, unknown>) =>
  Object.entries(asked).every(([field, value]) => made[field] === value);
