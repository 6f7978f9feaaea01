import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/** What a task that came before left for those behind it. */
export interface UpstreamResult {
  taskId: string;
  nodeId: string;
  nodeName: string;
  status: RunTask["status"];
  durationMs: number | null;
  /** The assets it hands on: those it chose, otherwise its own. */
  assetIds: string[];
  artifactIds: string[];
  preview: Record<string, unknown> | null;
}

/** In the order in which the node names them. */
export async function upstreamResults(
  scope: WorkspaceScope,
  { workflowRunId, upstreamNodeIds }: Pick<RunTask, "workflowRunId" | "upstreamNodeIds">,
): Promise<UpstreamResult[]> {
  if (upstreamNodeIds.length === 0) return [];
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId, nodeId: { $in: upstreamNodeIds } },
      {
        projection: {
          nodeId: 1,
          nodeName: 1,
          status: 1,
          durationMs: 1,
          assetIds: 1,
          outputAssetIds: 1,
          outputArtifactIds: 1,
          lastResultPreview: 1,
        },
        sort: { nodeId: 1 },
      },
    )
    .toArray();
  const of = new Map(found.map((task) => [task.nodeId, task]));
  return upstreamNodeIds.flatMap((nodeId) => {
    const task = of.get(nodeId);
    if (!task) return [];
    const {
      _id,
      nodeName,
      status,
      durationMs,
      assetIds,
      outputAssetIds,
      outputArtifactIds,
      lastResultPreview,
    } = task;
    return [
      {
        taskId: _id,
        nodeId,
        nodeName,
        status,
        durationMs,
        assetIds: outputAssetIds ?? assetIds,
        artifactIds: outputArtifactIds,
        preview: lastResultPreview,
      },
    ];
  });
}
