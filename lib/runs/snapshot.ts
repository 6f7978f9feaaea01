import { z } from "zod";
import type { RuntimeSnapshot } from "@/lib/mongo/collections/runs";
import { type GraphNode, graphNode } from "@/lib/mongo/collections/workflows";
import { packJson, unpackJson } from "@/lib/mongo/packed-json";

/** Below this a graph is small enough to be read in the document by anyone. */
const packedFrom = 200;
const graph = z.array(graphNode);

/**
 * The graph of a run as its document keeps it. That document is written whenever a task ends, and a store writes it whole: ten
 * thousand nodes are 1.8 MB as they are and 60 kB packed. What it says never changes either way (I8).
 */
export function packSnapshot(nodes: GraphNode[]): RuntimeSnapshot {
  if (nodes.length < packedFrom) return { nodes };
  return { nodes: [], packed: packJson(nodes) };
}

export function nodesOf({ nodes, packed }: RuntimeSnapshot): GraphNode[] {
  if (!packed) return nodes;
  return graph.parse(unpackJson(packed));
}
