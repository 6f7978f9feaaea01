import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { runTaskAttempts, runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import type { DocumentOf } from "@/lib/mongo/define";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { artifactKind } from "./artifact-kind";
import type { ArtifactList, ArtifactPreview, ArtifactRow } from "./artifact-schema";

export type Artifact = DocumentOf<typeof artifacts>;

const mostArtifacts = 2_000;
const idsAtOnce = 500;
const previewBytes = 256 * 1024;
/** A picture is loaded whole. */
const largestImage = 8 * 1024 * 1024;
const patience = { maxTimeMS: 5_000 };
const rowFields = { type: 1, summary: 1, storageRef: 1, createdAt: 1 } as const;

/**
 * What the tasks of a run left, and the run itself, by the name of their node. An artifact counts once its task names it: what
 * a fenced-out worker left behind is not shown. Null when there is no such run.
 */
export async function listRunArtifacts(scope: WorkspaceScope, runId: string): Promise<ArtifactList | null> {
  const store = scoped(scope);
  if (
    !(await store.collection(workflowRuns).findOne({ _id: runId }, { projection: { _id: 1 }, ...patience }))
  )
    return null;
  const [tasks, ofRun] = await Promise.all([
    store
      .collection(runTasks)
      .find(
        { workflowRunId: runId, outputArtifactIds: { $ne: [] } },
        {
          projection: { outputArtifactIds: 1 },
          sort: { nodeId: 1 },
          limit: mostArtifacts + 1,
          ...patience,
        },
      )
      .toArray(),
    store
      .collection(artifacts)
      .find(
        { producerType: "workflow_run", producerId: runId },
        { projection: rowFields, sort: { _id: 1 }, limit: mostArtifacts, ...patience },
      )
      .toArray(),
  ]);
  const taskOf = new Map(
    tasks.flatMap(({ _id, outputArtifactIds }) => outputArtifactIds.map((id) => [id, _id])),
  );
  const wanted = [...taskOf.keys()].slice(0, mostArtifacts - ofRun.length);
  const found = new Map<string, ArtifactRow>();
  for (let start = 0; start < wanted.length; start += idsAtOnce) {
    const some = await store
      .collection(artifacts)
      .find(
        { _id: { $in: wanted.slice(start, start + idsAtOnce) } },
        { projection: rowFields, sort: { _id: 1 }, ...patience },
      )
      .toArray();
    for (const artifact of some)
      found.set(artifact._id, toArtifactRow(artifact, taskOf.get(artifact._id) ?? null));
  }
  const rows = wanted.flatMap((id) => found.get(id) ?? []);
  return {
    artifacts: [...ofRun.map((artifact) => toArtifactRow(artifact, null)), ...rows],
    cut: taskOf.size + ofRun.length > mostArtifacts,
  };
}

/** An artifact of the run or of any attempt of its tasks; null when it is not the run's. */
export async function getRunArtifact(
  scope: WorkspaceScope,
  runId: string,
  artifactId: string,
): Promise<Artifact | null> {
  const store = scoped(scope);
  const artifact = await store.collection(artifacts).findOne({ _id: artifactId }, patience);
  if (!artifact) return null;
  if (artifact.producerType === "workflow_run") return artifact.producerId === runId ? artifact : null;
  const names = { workflowRunId: runId, outputArtifactIds: artifactId };
  const projection = { _id: 1 };
  const task = await store
    .collection(runTasks)
    .findOne({ _id: artifact.producerId, ...names }, { projection, ...patience });
  if (task) return artifact;
  // An earlier attempt's is superseded, not gone.
  const attempt = await store
    .collection(runTaskAttempts)
    .findOne({ taskId: artifact.producerId, ...names }, { projection, ...patience });
  return attempt ? artifact : null;
}

/** The beginning of an artifact as text; of a picture, that it is one. */
export async function previewArtifact({
  storageRef,
}: Pick<Artifact, "storageRef">): Promise<ArtifactPreview> {
  const { contentType, sizeBytes, key } = storageRef;
  const kind = artifactKind(contentType);
  if (kind === "none") return nothing(`Nothing can be shown of ${contentType ?? "a file of unknown type"}.`);
  if (kind === "image") {
    if (sizeBytes > largestImage) return nothing("The picture is too large to be shown here.");
    if (!(await objectStore().head(key))) return nothing(notStored);
    return { kind, text: null, cut: false, reason: null };
  }
  const bytes = await objectStore().get(key, { offset: 0, length: previewBytes });
  if (!bytes) return nothing(notStored);
  const cut = sizeBytes > bytes.byteLength;
  // As of a stream that goes on: a character that the cut went through is left out.
  const text = new TextDecoder().decode(bytes, { stream: cut });
  return { kind, text: kind === "json" && !cut ? indented(text) : text, cut, reason: null };
}

/** Said where an artifact is only known by its record: of an imported run, or once its bytes were removed. */
export const notStored = "Its bytes are not in the object store: only the record of it was imported.";

export function toArtifactRow(
  { _id, type, summary, storageRef, createdAt }: Pick<Artifact, "_id" | keyof typeof rowFields>,
  taskId: string | null,
): ArtifactRow {
  return {
    id: _id,
    type,
    title: artifactTitle({ summary, storageRef, type }),
    contentType: storageRef.contentType,
    sizeBytes: storageRef.sizeBytes,
    createdAt: createdAt.toISOString(),
    taskId,
  };
}

export function artifactTitle({
  summary,
  storageRef,
  type,
}: Pick<Artifact, "summary" | "storageRef" | "type">): string {
  return typeof summary.title === "string" ? summary.title : (storageRef.key.split("/").at(-1) ?? type);
}

function nothing(reason: string): ArtifactPreview {
  return { kind: "none", text: null, cut: false, reason };
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
