import "server-only";
import type { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { assets } from "@/lib/mongo/collections/assets";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { finishTask, handBack } from "@/lib/runs/work/finish";
import { mostPreviewBytes } from "@/lib/runs/work/preview";
import { lostTask } from "./route";
import type { completeInput, heldInput } from "./schema";
import { wakeWorkers } from "./wake";

/** Ends a task for a worker. Sent again it gets the same answer; of a worker that was fenced out nothing is kept. */
export async function completeForWorker(
  scope: WorkspaceScope,
  { taskId, fence, outcome, errorMessage, result, artifactIds, assetIds }: z.output<typeof completeInput>,
): Promise<{ answer: "completed" }> {
  const task = await taskOf(scope, taskId);
  if (!task) throw lostTask();
  if (result && Buffer.byteLength(JSON.stringify(result)) > mostPreviewBytes) {
    throw new AppError(
      "too_large",
      `result: it is larger than ${mostPreviewBytes / 1024} KB. Send the whole as an artifact, and here what a person needs to see.`,
    );
  }
  await refuseForeignArtifacts(scope, { taskId, fence }, artifactIds);
  await refuseUnknownAssets(scope, assetIds ?? []);
  const answer = await finishTask(
    scope,
    { ...task, fence },
    {
      outcome,
      errorMessage: outcome === "failed" ? (errorMessage ?? "The worker did not say why.") : null,
      outputArtifactIds: [...new Set(artifactIds)],
      lastResultPreview: result ?? null,
      outputAssetIds: assetIds && [...new Set(assetIds)],
    },
  );
  if (answer === "fenced_out") throw lostTask();
  wakeWorkers(scope.workspaceId);
  return { answer };
}

/** A worker that goes gives its task back, so that nobody waits for its lease. */
export async function releaseForWorker(
  scope: WorkspaceScope,
  { taskId, fence }: z.output<typeof heldInput>,
): Promise<{ answer: "given_back" }> {
  const task = await taskOf(scope, taskId);
  if (!task || (await handBack(scope, { ...task, fence })) === "lost") throw lostTask();
  wakeWorkers(scope.workspaceId);
  return { answer: "given_back" };
}

function taskOf(scope: WorkspaceScope, taskId: string) {
  return scoped(scope)
    .collection(runTasks)
    .findOne(
      { _id: taskId },
      { projection: { workflowRunId: 1, nodeId: 1, executorType: 1, assetIds: 1, fence: 1 } },
    ) satisfies Promise<Pick<RunTask, "_id"> | null>;
}

/** Another task's artifact under this one would tell a wrong story of where it came from. */
async function refuseForeignArtifacts(
  scope: WorkspaceScope,
  { taskId, fence }: z.output<typeof heldInput>,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await scoped(scope)
    .collection(artifacts)
    .find(
      { _id: { $in: ids }, producerType: "run_task", producerId: taskId, "lineage.fence": fence },
      { projection: { _id: 1 }, sort: { _id: 1 } },
    )
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  const foreign = ids.find((id) => !known.has(id));
  if (foreign !== undefined)
    throw new AppError(
      "bad_input",
      `artifactIds: ${foreign} is no artifact that this delivery of the task sent.`,
    );
}

async function refuseUnknownAssets(scope: WorkspaceScope, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await scoped(scope)
    .collection(assets)
    .find({ _id: { $in: ids } }, { projection: { _id: 1 }, sort: { _id: 1 } })
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new AppError("bad_input", `assetIds: there is no asset ${unknown} in this workspace.`);
}
