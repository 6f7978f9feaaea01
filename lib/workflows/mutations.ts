import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import {
  type GraphNode,
  workflowDefinitions,
  workflowDefinitionVersions,
} from "@/lib/mongo/collections/workflows";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { derivedId, graphFingerprint, slugOf } from "./fingerprint";

export interface WorkflowGraph {
  projectId: string;
  name: string;
  nodes: GraphNode[];
  summary: Record<string, unknown>;
  createdBy: string;
  createdAt: Date;
}

export interface WorkflowVersion {
  workflowId: string;
  versionId: string;
  versionNumber: number;
}

const attempts = 20;

/**
 * The version of a workflow that has this graph. A graph that is there already is that version again; a new one becomes
 * the next version. The version is written before the definition that counts it, so no definition lacks its version.
 */
export async function ensureWorkflowVersion(
  scope: WorkspaceScope,
  graph: WorkflowGraph,
): Promise<WorkflowVersion> {
  const workflowId = derivedId("wf", scope.workspaceId, graph.projectId, slugOf(graph.name));
  const versionId = derivedId("wfv", workflowId, graphFingerprint(graph.nodes));
  const versionNumber = await ensureVersion(scope, workflowId, versionId, graph);
  await ensureDefinition(scope, workflowId, versionNumber, graph);
  return { workflowId, versionId, versionNumber };
}

async function ensureVersion(
  scope: WorkspaceScope,
  workflowId: string,
  versionId: string,
  { projectId, nodes, summary, createdBy, createdAt }: WorkflowGraph,
): Promise<number> {
  const versions = scoped(scope).collection(workflowDefinitionVersions);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const present = await versions.findOne({ _id: versionId }, { projection: { versionNumber: 1 } });
    if (present) return present.versionNumber;
    const latest = await versions.findOne(
      { workflowDefinitionId: workflowId },
      { projection: { versionNumber: 1 }, sort: { versionNumber: -1 } },
    );
    const versionNumber = (latest?.versionNumber ?? 0) + 1;
    try {
      await versions.insertOne({
        _id: versionId,
        workflowDefinitionId: workflowId,
        projectId,
        versionNumber,
        visualGraph: {},
        logicGraph: {
          edges: nodes.flatMap(({ id, upstreamNodeIds }) => upstreamNodeIds.map((from) => [from, id])),
        },
        runtimeGraph: { nodes },
        pluginRefs: [],
        summary,
        createdBy,
        createdAt,
      });
      return versionNumber;
    } catch (error) {
      // Somebody took this number, or made this very version: look again.
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new Error(`No version number of ${workflowId} could be had in ${attempts} attempts`);
}

async function ensureDefinition(
  scope: WorkspaceScope,
  workflowId: string,
  versionNumber: number,
  { projectId, name, createdBy, createdAt }: WorkflowGraph,
): Promise<void> {
  const definitions = scoped(scope).collection(workflowDefinitions);
  const raise = () =>
    definitions.updateOne(
      { _id: workflowId, latestVersionNumber: { $lt: versionNumber } },
      {
        $set: {
          latestVersionNumber: versionNumber,
          publishedVersionNumber: versionNumber,
          updatedAt: createdAt,
        },
      },
    );
  if ((await raise()).modifiedCount > 0) return;
  if (await definitions.findOne({ _id: workflowId }, { projection: { _id: 1 } })) return;
  try {
    await definitions.insertOne({
      _id: workflowId,
      projectId,
      name,
      slug: slugOf(name),
      status: "active",
      latestVersionNumber: versionNumber,
      publishedVersionNumber: versionNumber,
      createdBy,
      createdAt,
      updatedAt: createdAt,
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await raise();
  }
}
