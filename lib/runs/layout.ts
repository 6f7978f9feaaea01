import { orderColumns } from "./layout-order";
import { placeRows } from "./layout-rows";
import { levelsOf } from "./levels";
import type { PlacedNode, RunGraph } from "./schema";

export interface LayoutNode {
  id: string;
  name: string;
  nodeType: string;
  upstreamNodeIds: string[];
}

/** Pixels of the unzoomed graph. Seven columns of it can be read in half a wide screen. */
export const nodeWidth = 112;
export const nodeHeight = 38;
export const columnPitch = 132;
export const rowPitch = 54;
const margin = 24;

/**
 * A left-to-right layered layout: a node stands right of everything it waits for, and near it. A level too high to be
 * looked at is folded into several columns. Linear in nodes and edges but for sorting within levels, and a function of
 * the graph alone: the same graph always looks the same, whatever order its nodes come in.
 */
export function layoutGraph(source: LayoutNode[]): RunGraph {
  const nodes = [...source].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]));
  const parents = nodes.map((node) => [
    ...new Set(node.upstreamNodeIds.flatMap((id) => indexOf.get(id) ?? [])),
  ]);
  const children: number[][] = nodes.map(() => []);
  for (const [child, its] of parents.entries()) for (const parent of its) children[parent]?.push(child);

  const levelOf = levelsOf(nodes.map((node) => ({ nodeId: node.id, upstreamNodeIds: node.upstreamNodeIds })));
  const levels: number[][] = [];
  for (const [index, node] of nodes.entries()) {
    const level = levelOf.get(node.id) ?? 0;
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(index);
  }

  const ordered = orderColumns(levels, parents, children);
  const folded = fold(ordered, nodes.length);
  const columns = folded.map(({ members }) => members);
  const rows = placeRows(columns, parents, children, rowPitch);

  const placed: PlacedNode[] = [];
  for (const [column, { level, members }] of folded.entries()) {
    for (const index of members) {
      const node = nodes[index];
      if (!node) continue;
      const place = { level, x: margin + column * columnPitch, y: margin + (rows[index] ?? 0) };
      placed.push({ id: node.id, name: node.name, nodeType: node.nodeType, ...place });
    }
  }
  const edges = parents.flatMap((its, child) =>
    its.map((parent) => ({ from: nodes[parent]?.id ?? "", to: nodes[child]?.id ?? "" })),
  );
  return {
    nodes: placed,
    edges,
    width: columns.length === 0 ? 0 : 2 * margin + (columns.length - 1) * columnPitch + nodeWidth,
    height: placed.reduce((bottom, node) => Math.max(bottom, node.y + nodeHeight + margin), 0),
  };
}

/** Levels as columns. The height allowed grows with the square root of the graph, so that it keeps a page's shape. */
function fold(levels: number[][], size: number): { level: number; members: number[] }[] {
  const highest = Math.max(14, Math.ceil(1.1 * Math.sqrt(size)));
  return levels.flatMap((nodes, level) => {
    const parts = Math.ceil(nodes.length / highest);
    const rows = Math.ceil(nodes.length / parts);
    return Array.from({ length: parts }, (_, part) => ({
      level,
      members: nodes.slice(part * rows, (part + 1) * rows),
    }));
  });
}
