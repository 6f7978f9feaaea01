import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/*
 * Set operations on the assets of a run: a task may hand on others than its own (`outputAssetIds`), and what comes behind it
 * then works on those. A task that narrows nothing hands on what it had.
 */

/** The assets that these upstream tasks hand on together, each once. */
export async function handedOn(scope: WorkspaceScope, runId: string, nodeIds: string[]): Promise<string[]> {
  const found = await scoped(scope)
    .collection(runTasks)
    .aggregate<{ _id: string }>([
      { $match: { workflowRunId: runId, nodeId: { $in: nodeIds } } },
      { $project: { assets: { $ifNull: ["$outputAssetIds", "$assetIds"] } } },
      { $unwind: "$assets" },
      { $group: { _id: "$assets" } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return found.map(({ _id }) => _id);
}

/**
 * Of a task that is promoted: what it works on, and what it hands on itself unless it says otherwise when it ends. What it was
 * bound to is kept, since another attempt may be left with more.
 */
export function narrowedTo(assetIds: string[]): Record<string, unknown> {
  return {
    boundAssetIds: { $ifNull: ["$boundAssetIds", "$assetIds"] },
    assetIds: { $literal: assetIds },
    outputAssetIds: { $literal: assetIds },
  };
}
