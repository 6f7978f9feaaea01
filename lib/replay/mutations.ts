import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { noteStart, toBeTold } from "@/lib/runs/audit";
import { noSuchRun } from "@/lib/runs/control/refusal";
import { createRuns } from "@/lib/runs/create";
import { maxTasksOfRun } from "@/lib/runs/queries";
import { runOfRequest, type Started } from "@/lib/runs/start";
import { runStatus } from "@/lib/runs/status";
import { canonicalJson } from "@/lib/workflows/canonical-json";
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

/** Makes a new run that plays a finished one again, task by task. The task worker does the rest, as with any run. */
export async function replayRun(
  scope: WorkspaceScope,
  { runId: recordedId, key, ...settings }: ReplayInput,
): Promise<Started> {
  const request = {
    idempotencyKey: key,
    requestFingerprint: derivedId("replay", canonicalJson([recordedId, settings])),
  };
  const earlier = await runOfRequest(scope, request);
  if (earlier) return earlier;
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
  const createdAt = new Date();
  const replay = toReplay(recorded, tasks, settings, {
    runId: derivedId("run", scope.workspaceId, key, request.requestFingerprint),
    triggeredBy: scope.userId ?? scope.actor,
    request,
    createdAt,
    untold: toBeTold(scope, createdAt),
  });
  await createRuns(scope, [replay]);
  const made = await runOfRequest(scope, request);
  if (!made?.ok) return made ?? noSuchRun;
  await noteStart(scope, made.runId);
  return made;
}
