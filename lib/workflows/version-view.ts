import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { layoutGraph } from "@/lib/runs/layout";
import { type Change, diffGraphs, type GraphDiff } from "./diff-graphs";
import type { NodeLook } from "./graph-document";

export type Mark = Change | "same";

export interface ViewNode extends GraphNode {
  x: number;
  y: number;
  mark: Mark;
  note: string | null;
}

export interface ViewEdge {
  from: string;
  to: string;
  mark: Exclude<Mark, "changed">;
}

/** A version as it is drawn: by itself, or what it changes against another. */
export interface VersionView {
  nodes: ViewNode[];
  edges: ViewEdge[];
  diff: GraphDiff | null;
}

interface Graph {
  nodes: GraphNode[];
  looks: NodeLook[];
}

/**
 * One drawing of both graphs: what is in either has its place, so nothing moves while one looks from change to change. Places
 * are the author's when each node has one, and otherwise follow from the graph alone.
 */
export function versionView(shown: Graph, against: Graph | null): VersionView {
  const diff = against && diffGraphs(against.nodes, shown.nodes);
  const marks = new Map<string, Mark>(diff?.nodes.map(({ id, change }) => [id, change]));
  const shownIds = new Set(shown.nodes.map(({ id }) => id));
  const removed = against?.nodes.filter(({ id }) => !shownIds.has(id)) ?? [];
  const all = [...shown.nodes, ...removed];
  const gone = diff?.edges.filter(({ change }) => change === "removed") ?? [];
  const lookOf = new Map([...(against?.looks ?? []), ...shown.looks].map((look) => [look.id, look]));
  const placeOf = placesOf(all, gone, lookOf);
  const added = new Set(diff?.edges.filter(({ change }) => change === "added").map(edgeKey));
  return {
    nodes: all.map((node) => ({
      ...node,
      ...(placeOf.get(node.id) ?? { x: 0, y: 0 }),
      mark: marks.get(node.id) ?? "same",
      note: lookOf.get(node.id)?.note ?? null,
    })),
    edges: [
      ...shown.nodes.flatMap((node) =>
        node.upstreamNodeIds.map((from) => {
          const edge = { from, to: node.id };
          return { ...edge, mark: added.has(edgeKey(edge)) ? ("added" as const) : ("same" as const) };
        }),
      ),
      ...gone.map(({ from, to }) => ({ from, to, mark: "removed" as const })),
    ],
    diff,
  };
}

function placesOf(
  nodes: readonly GraphNode[],
  gone: readonly { from: string; to: string }[],
  lookOf: ReadonlyMap<string, NodeLook>,
): Map<string, { x: number; y: number }> {
  const given = nodes.flatMap(({ id }) => {
    const { x, y } = lookOf.get(id) ?? {};
    return x === undefined || y === undefined ? [] : [[id, { x, y }] as const];
  });
  if (given.length === nodes.length) return new Map(given);
  const goneOf = new Map<string, string[]>();
  for (const { from, to } of gone) goneOf.set(to, [...(goneOf.get(to) ?? []), from]);
  const { nodes: placed } = layoutGraph(
    nodes.map(({ id, name, nodeType, upstreamNodeIds }) => ({
      id,
      name,
      nodeType,
      upstreamNodeIds: [...new Set([...upstreamNodeIds, ...(goneOf.get(id) ?? [])])],
    })),
  );
  return new Map(placed.map(({ id, x, y }) => [id, { x, y }]));
}

const edgeKey = ({ from, to }: { from: string; to: string }) => JSON.stringify([from, to]);
