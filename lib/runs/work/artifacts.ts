import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { artifactKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import type { NewArtifact } from "../executors/executor";

export const mostArtifactBytes = 32 * 1024 * 1024;
/** Text of up to this length is shown by pages without asking the object store. */
const previewableBytes = 256 * 1024;

export type ArtifactMaker = Pick<
  RunTask,
  "_id" | "fence" | "workflowRunId" | "projectId" | "nodeId" | "assetIds"
>;

export interface StoredArtifact {
  type: string;
  title: string;
  name: string;
  body: Uint8Array;
  contentType: string;
}

/** The delivery is part of the id: a worker that was fenced out can write nothing that another one named. */
export function artifactId({ _id, fence }: Pick<RunTask, "_id" | "fence">, name: string): string {
  return createHash("sha256")
    .update(JSON.stringify([_id, fence, name]))
    .digest("hex")
    .slice(0, 32);
}

export function toStored(artifact: NewArtifact): StoredArtifact {
  const { type, title, name = artifact.title } = artifact;
  if ("json" in artifact) {
    const body = Buffer.from(`${JSON.stringify(artifact.json, null, 2)}\n`);
    return { type, title, name, body, contentType: "application/json" };
  }
  const { body, contentType } = artifact;
  return typeof body === "string"
    ? { type, title, name, body: Buffer.from(body), contentType: contentType ?? "text/plain; charset=utf-8" }
    : { type, title, name, body, contentType: contentType ?? "application/octet-stream" };
}

/**
 * Stores an artifact of a task that runs: its bytes first, then the document. It is visible only once a completion that names it
 * is accepted; the same artifact may be sent again, another one under its name is refused.
 */
export async function saveArtifact(
  scope: WorkspaceScope,
  task: ArtifactMaker,
  { type, title, name, body, contentType }: StoredArtifact,
): Promise<string> {
  if (body.byteLength > mostArtifactBytes) {
    throw new AppError(
      "too_large",
      `The artifact ${name} is larger than ${mostArtifactBytes / 1024 / 1024} MB.`,
    );
  }
  const _id = artifactId(task, name);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const key = artifactKey(scope.workspaceId, task.workflowRunId, _id);
  const store = objectStore();
  if ((await store.put(key, body)) === "exists" && !(await holds(key, sha256))) throw otherContent(name);
  const now = new Date();
  try {
    await scoped(scope)
      .collection(artifacts)
      .insertOne({
        _id,
        projectId: task.projectId,
        type,
        producerType: "run_task",
        producerId: task._id,
        storageRef: {
          bucket: null,
          key,
          uri: null,
          checksum: `sha256:${sha256}`,
          contentType,
          sizeBytes: body.byteLength,
        },
        previewable: body.byteLength <= previewableBytes && isText(contentType),
        summary: { title, name },
        lineage: {
          workflowRunId: task.workflowRunId,
          taskId: task._id,
          nodeId: task.nodeId,
          fence: task.fence,
          assetIds: task.assetIds.slice(0, 100),
        },
        createdBy: scope.userId ?? scope.actor,
        createdAt: now,
        unaccepted: { fence: task.fence, since: now },
      });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return _id;
}

/** After the completion that names them was accepted. Cut short before this, the collector does it later. */
export async function acceptArtifacts(scope: WorkspaceScope, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await scoped(scope)
    .collection(artifacts)
    .updateMany({ _id: { $in: ids } }, { $unset: { unaccepted: "" } });
}

async function holds(key: string, sha256: string): Promise<boolean> {
  const there = await objectStore().get(key);
  return there !== null && createHash("sha256").update(there).digest("hex") === sha256;
}

const isText = (contentType: string) => /^(text\/|application\/(json|x-ndjson|xml|yaml))/.test(contentType);

function otherContent(name: string): AppError {
  return new AppError(
    "conflict",
    `An artifact named ${name} is stored already with other content; the first one stands.`,
  );
}
