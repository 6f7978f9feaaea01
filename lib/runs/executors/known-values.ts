import "server-only";
import { upstreamResults } from "../work/upstream";
import type { TaskWork } from "./executor";

/** What a task may be told of itself: for templates, and as the file that a process finds. */
export async function knownValues({ scope, task, run }: TaskWork) {
  const upstream = await upstreamResults(scope, task);
  return {
    run: {
      id: run._id,
      workflow: run.workflowName,
      inputBindings: run.inputBindings,
      assetIds: run.assetIds,
      datasetIds: run.datasetIds,
    },
    task: {
      id: task._id,
      nodeId: task.nodeId,
      nodeType: task.nodeType,
      nodeDefinitionId: task.nodeDefinitionId,
      attempt: task.attempt,
      assetIds: task.assetIds,
      codeHook: task.codeHookSpec,
    },
    upstream: Object.fromEntries(
      upstream.map(({ nodeId, preview, assetIds, artifactIds }) => [
        nodeId,
        { result: preview, assetIds, artifactIds },
      ]),
    ),
  };
}
