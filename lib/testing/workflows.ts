import { randomBytes } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type Asset, assets } from "@/lib/mongo/collections/assets";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { assetPrefix } from "@/lib/objects/keys";
import { ensureWorkflowVersion, type WorkflowVersion } from "@/lib/workflows/mutations";

/** A node that anybody can run. */
export function sleepNode(id: string, ...upstreamNodeIds: string[]): GraphNode {
  return {
    id,
    name: id,
    nodeType: "sleep",
    nodeDefinitionId: "builtin:sleep",
    executorType: "builtin",
    upstreamNodeIds,
  };
}

/** A version of a workflow with this graph, published. */
export function publishedVersion(
  scope: WorkspaceScope,
  nodes: GraphNode[],
  name = `flow-${randomBytes(6).toString("hex")}`,
): Promise<WorkflowVersion> {
  return ensureWorkflowVersion(scope, {
    projectId: "no-project",
    name,
    nodes,
    summary: {},
    createdBy: "test",
    createdAt: new Date(),
  });
}

/** An asset of one small file that is not there; a test names only what it is about. */
export async function storedAsset(scope: WorkspaceScope, values: Partial<Asset> = {}): Promise<string> {
  const { _id = `asset-${randomBytes(6).toString("hex")}` } = values;
  const now = new Date();
  await scoped(scope)
    .collection(assets)
    .insertOne({
      _id,
      projectId: "no-project",
      type: "raw_file",
      sourceType: "upload",
      displayName: "some.csv",
      status: "ready",
      storageRef: {
        bucket: null,
        key: `${assetPrefix(scope.workspaceId)}${_id}`,
        uri: null,
        checksum: null,
        contentType: null,
        sizeBytes: 100,
      },
      sizeBytes: 100,
      fileCount: 1,
      topLevelPaths: [],
      detectedFormats: ["csv"],
      summary: {},
      createdBy: "test",
      createdAt: now,
      updatedAt: now,
      ...values,
    });
  return _id;
}
