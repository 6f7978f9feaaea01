import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { checkNode } from "./check-node";
import { findCycles } from "./cycles";
import { bounded, type GraphProblem, type GraphSurroundings, graphProblem, shown } from "./graph-problem";

export type { GraphProblem };

export const maxNodes = 5_000;
export const maxEdges = 100_000;
/**
 * All that keeps a graph from being run to its end; an empty list means that a run of it cannot get stuck. Linear in nodes
 * and edges, and a graph of too many nodes is refused before any of them is looked at.
 */
export function checkGraph(nodes: readonly GraphNode[], around: GraphSurroundings = {}): GraphProblem[] {
  if (nodes.length === 0)
    return [graphProblem("empty", "The graph has no nodes.", "Add at least one node: a run needs a task.")];
  if (nodes.length > maxNodes) {
    const message = `The graph has ${nodes.length.toLocaleString("en")} nodes; ${maxNodes.toLocaleString("en")} are the most a workflow may have.`;
    return [graphProblem("too_many_nodes", message, "Split it into several workflows.")];
  }
  const edges = nodes.reduce((sum, node) => sum + node.upstreamNodeIds.length, 0);
  if (edges > maxEdges) {
    const message = `The graph has ${edges.toLocaleString("en")} edges; ${maxEdges.toLocaleString("en")} are the most a workflow may have.`;
    return [
      graphProblem("too_many_edges", message, "Put a node between the stages that all wait for each other."),
    ];
  }
  const problems: GraphProblem[] = [];
  const indexOf = indexNodes(nodes, problems);
  for (const [index, node] of nodes.entries()) {
    problems.push(...checkNode(node, `nodes[${index}]`, around));
    problems.push(...checkEdges(node, index, indexOf));
  }
  problems.push(...checkCycles(nodes, indexOf));
  return bounded(problems);
}

/** The first node of each id; later ones of the same id are problems. */
function indexNodes(nodes: readonly GraphNode[], problems: GraphProblem[]): Map<string, number> {
  const indexOf = new Map<string, number>();
  for (const [index, { id }] of nodes.entries()) {
    const first = indexOf.get(id);
    if (first === undefined) indexOf.set(id, index);
    else
      problems.push({
        code: "duplicate_id",
        place: `nodes[${index}].id`,
        nodeIds: [id],
        message: `The id ${shown(id)} is taken by nodes[${first}].`,
        remedy: "Give one of the two another id, and the nodes that wait for it as well.",
      });
  }
  return indexOf;
}

function checkEdges(
  { id, upstreamNodeIds }: GraphNode,
  index: number,
  indexOf: ReadonlyMap<string, number>,
): GraphProblem[] {
  const seen = new Set<string>();
  return upstreamNodeIds.flatMap((from, at): GraphProblem[] => {
    const place = `nodes[${index}].upstreamNodeIds[${at}]`;
    if (from === id) {
      const message = `${shown(id)} waits for itself.`;
      return [{ code: "self_edge", place, nodeIds: [id], message, remedy: "Remove this upstream id." }];
    }
    if (!indexOf.has(from)) {
      const message = `${shown(id)} waits for ${shown(from)}, and there is no such node.`;
      const remedy = "Add that node, or remove this upstream id.";
      return [{ code: "dangling_edge", place, nodeIds: [id], message, remedy }];
    }
    if (seen.has(from)) {
      const message = `${shown(id)} names ${shown(from)} twice.`;
      return [{ code: "repeated_edge", place, nodeIds: [id], message, remedy: "Remove one of the two." }];
    }
    seen.add(from);
    return [];
  });
}

const mostNamed = 8;

function checkCycles(nodes: readonly GraphNode[], indexOf: ReadonlyMap<string, number>): GraphProblem[] {
  const upstream = nodes.map(({ upstreamNodeIds }) => upstreamNodeIds.flatMap((id) => indexOf.get(id) ?? []));
  return findCycles(upstream).map((cycle) => {
    // Found against the edges; told in the direction in which tasks would run.
    const ids = cycle.reverse().map((index) => nodes[index]?.id ?? "");
    const path =
      ids.length > mostNamed
        ? `${ids.slice(0, mostNamed).map(shown).join(" → ")} → … (${ids.length} nodes) → ${shown(ids[0] ?? "")}`
        : [...ids, ids[0] ?? ""].map(shown).join(" → ");
    return {
      code: "cycle",
      place: `nodes[${cycle[0] ?? 0}].upstreamNodeIds`,
      nodeIds: ids.slice(0, 1_000),
      message: `These nodes wait for each other, so none of them could begin: ${path}.`,
      remedy: "Remove one of these edges.",
    };
  });
}
