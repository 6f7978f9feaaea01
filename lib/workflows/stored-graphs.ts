import { z } from "zod";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import type { NodeLook, WorkflowGraphs } from "./graph-document";

/*
 * The three layers of a version. The runtime graph is what runs and the one source of truth; the logic graph is its
 * dependencies free of any executor; the visual graph is what an author added for the eye. All name the same nodes.
 */

/** Keys of a stored document must not come from a person: positions are a list, not fields named by node ids. */
const visualGraph = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      x: z.number().optional(),
      y: z.number().optional(),
      note: z.string().optional(),
    }),
  ),
});

export function layersOf({ nodes, looks }: WorkflowGraphs) {
  return {
    visualGraph: { nodes: looks },
    logicGraph: {
      nodes: nodes.map(({ id }) => id),
      edges: nodes.flatMap(({ id, upstreamNodeIds }) => upstreamNodeIds.map((from) => [from, id])),
    },
    runtimeGraph: { nodes },
  };
}

/** What is drawn of a stored version; one from before there were looks has none. */
export function looksOf(visual: Record<string, unknown>): NodeLook[] {
  const parsed = visualGraph.safeParse(visual);
  return parsed.success ? parsed.data.nodes : [];
}

/** Figures of a graph that lists show without reading it. */
export function sizeOf(nodes: readonly GraphNode[]): { tasks: number; edges: number } {
  return { tasks: nodes.length, edges: nodes.reduce((sum, node) => sum + node.upstreamNodeIds.length, 0) };
}
