import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { nodeKind } from "./executor-catalogue";
import { bounded, type GraphProblem, shown } from "./graph-problem";

/** Whether a run of this graph has anything to do without assets. */
export function needsAssets(nodes: readonly GraphNode[]): boolean {
  return nodes.some(lacksSource);
}

/** What keeps a sound graph from being started with these assets. */
export function checkStart(nodes: readonly GraphNode[], assetIds: readonly string[]): GraphProblem[] {
  if (assetIds.length > 0) return [];
  return bounded(
    nodes.flatMap((node, index): GraphProblem[] =>
      lacksSource(node)
        ? [
            {
              code: "missing_input",
              place: `nodes[${index}]`,
              nodeIds: [node.id],
              message: `${shown(node.id)} works on assets, and the run is bound to none.`,
              remedy: "Choose at least one asset or dataset as input.",
            },
          ]
        : [],
    ),
  );
}

/** A root that works on assets gets them from the run, or not at all. */
function lacksSource({ executorType, nodeType, upstreamNodeIds }: GraphNode): boolean {
  return upstreamNodeIds.length === 0 && nodeKind(executorType, nodeType)?.needsAssets === true;
}
