import "server-only";
import { audited } from "@/lib/archive/audit-outbox";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { customNodeIds } from "./custom-nodes";
import { diffGraphs } from "./diff-graphs";
import { derivedId, graphFingerprint } from "./fingerprint";
import type { WorkflowGraphs } from "./graph-document";
import { readGraphText } from "./graph-text";
import type { SaveVersionInput } from "./schema";
import { layersOf, sizeOf } from "./stored-graphs";

export interface RefusedWorkflow {
  ok: false;
  code: "not_found" | "conflict" | "bad_input";
  message: string;
  fields?: Record<string, string>;
}

export const noSuchWorkflow: RefusedWorkflow = {
  ok: false,
  code: "not_found",
  message: "There is no such workflow in this workspace.",
};

/** Name of the author of a version: a person's id, or what acted. */
export const authorOf = (scope: WorkspaceScope) => scope.userId ?? scope.actor;

/** The graphs of a text that may be stored, or its first problem in one sentence. */
export async function readSoundGraph(
  scope: WorkspaceScope,
  text: string,
): Promise<{ ok: true; graphs: WorkflowGraphs } | RefusedWorkflow> {
  const reading = readGraphText(text, { customNodes: await customNodeIds(scope) });
  if (reading.ok) return { ok: true, graphs: reading.graphs };
  const [first] = reading.problems;
  const count = reading.problems.length;
  const message = `${first?.message ?? ""} ${first?.remedy ?? ""}`;
  return {
    ok: false,
    code: "bad_input",
    message:
      count === 1
        ? "The graph has a problem. Nothing was saved."
        : `The graph has ${count} problems. Nothing was saved.`,
    fields: { graph: message },
  };
}

/** A version as it is stored. Its id follows from workflow, number and graph; the number is the one thing two writers can fight for. */
export function versionDocument(
  scope: WorkspaceScope,
  { workflowId, projectId, versionNumber }: { workflowId: string; projectId: string; versionNumber: number },
  graphs: WorkflowGraphs,
  summary: Record<string, unknown>,
) {
  return {
    _id: derivedId("wfv", workflowId, graphFingerprint(graphs.nodes), String(versionNumber)),
    workflowDefinitionId: workflowId,
    projectId,
    versionNumber,
    ...layersOf(graphs),
    pluginRefs: [],
    summary: { ...summary, ...sizeOf(graphs.nodes) },
    createdBy: authorOf(scope),
    createdAt: new Date(),
  };
}

/**
 * Saves the next version of a workflow. It is immutable from then on. Of two who save on top of the same version one gets the
 * number, by the unique index, and the other is told; saving what is the newest version already changes nothing.
 */
export async function saveVersion(scope: WorkspaceScope, input: SaveVersionInput) {
  const { workflowId, expectedLatest, publish, note } = input;
  const store = scoped(scope);
  const definition = await store.collection(workflowDefinitions).findOne({ _id: workflowId });
  if (!definition) return noSuchWorkflow;
  if (definition.status === "archived") return archivedWorkflow;
  const sound = await readSoundGraph(scope, input.graph);
  if (!sound.ok) return sound;
  const latest = await store
    .collection(workflowDefinitionVersions)
    .findOne({ workflowDefinitionId: workflowId }, { sort: { versionNumber: -1 } });
  const latestNumber = latest?.versionNumber ?? 0;
  const next = layersOf(sound.graphs);
  const unchanged =
    latest &&
    graphFingerprint(latest.runtimeGraph.nodes) === graphFingerprint(sound.graphs.nodes) &&
    JSON.stringify(latest.visualGraph) === JSON.stringify(next.visualGraph);
  if (unchanged) return saved(scope, workflowId, latestNumber);
  if (latestNumber !== expectedLatest) return overtaken(latestNumber, expectedLatest);

  const versionNumber = latestNumber + 1;
  const diff = diffGraphs(latest?.runtimeGraph.nodes ?? [], sound.graphs.nodes);
  const count = (change: string) => diff.nodes.filter((node) => node.change === change).length;
  const changes = {
    added: count("added"),
    removed: count("removed"),
    changed: count("changed"),
    edges: diff.edges.length,
  };
  const document = versionDocument(
    scope,
    { workflowId, projectId: definition.projectId, versionNumber },
    sound.graphs,
    { ...(note && { note }), changes },
  );
  try {
    const done = await audited(scope, async (tx) => {
      await tx.collection(workflowDefinitionVersions).insertOne(document);
      const { matchedCount } = await tx.collection(workflowDefinitions).updateOne(
        { _id: workflowId, status: { $ne: "archived" } },
        {
          $max: { latestVersionNumber: versionNumber },
          $set: {
            updatedAt: new Date(),
            ...(publish && { publishedVersionNumber: versionNumber, status: "active" as const }),
          },
        },
      );
      // Archived a moment ago: the transaction takes the version back with it.
      if (matchedCount === 0) throw new ArchivedMeanwhile();
      const after = { versionNumber, ...changes, ...(publish && { published: true }), ...(note && { note }) };
      const act = {
        action: "workflow.save_version",
        resourceType: "workflow",
        resourceId: workflowId,
        after,
      };
      return { act, result: versionNumber };
    });
    if (done === null) return noSuchWorkflow;
  } catch (error) {
    if (error instanceof ArchivedMeanwhile) return archivedWorkflow;
    if (isDuplicateKey(error)) return overtaken(versionNumber, expectedLatest);
    throw error;
  }
  return saved(scope, workflowId, versionNumber);
}

function saved({ workspaceSlug }: WorkspaceScope, workflowId: string, versionNumber: number) {
  const goTo = `/w/${workspaceSlug}/workflows/${workflowId}?version=${versionNumber}`;
  return { ok: true, versionNumber, goTo } as const;
}

class ArchivedMeanwhile extends Error {}

export const archivedWorkflow: RefusedWorkflow = {
  ok: false,
  code: "conflict",
  message: "This workflow is archived. Restore it to change it.",
};

function overtaken(latest: number, expected: number): RefusedWorkflow {
  return {
    ok: false,
    code: "conflict",
    message: `Version ${latest} was saved while you worked on version ${expected}. Your text is kept: compare the two, then save again on top of version ${latest}.`,
    // The form offers to go on from there.
    fields: { expectedLatest: String(latest) },
  };
}
