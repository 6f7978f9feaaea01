import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type Artifact, artifacts } from "@/lib/mongo/collections/artifacts";
import { runTaskAttempts, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";

export type CollectEnd = "kept" | "accepted" | "deleted";

/**
 * What becomes of an artifact whose completion is not known to be accepted. One that its task, or an attempt of it that was put
 * away, names was accepted by a worker that died before it could say so. One of a delivery that still runs is kept. Any other was
 * made by a worker that was fenced out: nobody sees it, and its object and its document go, in this order, so that no object is
 * ever without a document that leads to it.
 */
export async function collectArtifact(
  scope: WorkspaceScope,
  {
    _id,
    producerId,
    unaccepted,
    storageRef,
  }: Pick<Artifact, "_id" | "producerId" | "unaccepted" | "storageRef">,
): Promise<CollectEnd> {
  const store = scoped(scope);
  const task = await store
    .collection(runTasks)
    .findOne({ _id: producerId }, { projection: { fence: 1, status: 1, outputArtifactIds: 1 } });
  if (task?.status === "running" && task.fence === unaccepted?.fence) {
    // To the end of the line: a task that runs for days must not keep the collector from what lies behind its artifacts.
    await store
      .collection(artifacts)
      .updateOne({ _id, "unaccepted.fence": task.fence }, { $set: { "unaccepted.since": new Date() } });
    return "kept";
  }
  const accepted =
    task?.outputArtifactIds.includes(_id) ||
    (await store
      .collection(runTaskAttempts)
      .findOne({ taskId: producerId, outputArtifactIds: _id }, { projection: { _id: 1 } })) !== null;
  if (accepted) {
    await store.collection(artifacts).updateOne({ _id }, { $unset: { unaccepted: "" } });
    return "accepted";
  }
  await objectStore().delete(storageRef.key);
  await store.collection(artifacts).deleteMany({ _id, "unaccepted.fence": unaccepted?.fence ?? -1 });
  return "deleted";
}
