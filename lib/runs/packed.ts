import { z } from "zod";
import { type RunState, runState } from "./query-options";
import { placedNode, type RunGraph, taskRow } from "./schema";

/*
 * A run and its graph as one text, for the way from the server's first answer to the page. As plain props they would be
 * walked value by value when the page comes alive, the names of fields and the ends of edges thousands of times; a text is
 * taken as it is and parsed at once. Rows are columns, edges are places in the list of nodes.
 */

const columns = z.record(z.string(), z.array(z.unknown()));
const packedRun = z.object({
  run: z.unknown(),
  seq: z.string(),
  tasks: columns,
  taskCount: z.number(),
  nodes: columns,
  nodeCount: z.number(),
  /** From and to, in turn. */
  edges: z.array(z.number()),
  width: z.number(),
  height: z.number(),
});

export function packRun({ run, tasks, seq }: RunState, graph: RunGraph): string {
  const at = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  // What a task waits for are the edges that lead to it.
  const rows = tasks.map(({ upstreamNodeIds: _, ...row }) => row);
  const packed: z.infer<typeof packedRun> = {
    run,
    seq,
    tasks: toColumns(rows),
    taskCount: rows.length,
    nodes: toColumns(graph.nodes),
    nodeCount: graph.nodes.length,
    edges: graph.edges.flatMap(({ from, to }) => [at.get(from) ?? -1, at.get(to) ?? -1]),
    width: graph.width,
    height: graph.height,
  };
  return JSON.stringify(packed);
}

export function unpackRun(text: string): { state: RunState; graph: RunGraph } {
  const { run, seq, tasks, taskCount, nodes, nodeCount, edges, width, height } = packedRun.parse(
    JSON.parse(text),
  );
  const placed = z.array(placedNode).parse(toRows(nodes, nodeCount));
  const graph: RunGraph = { nodes: placed, edges: edgesBetween(placed, edges), width, height };
  const upstream = upstreamOf(graph.edges);
  const rows = toRows(tasks, taskCount).map((row) => ({
    ...row,
    upstreamNodeIds: upstream.get(row.nodeId) ?? [],
  }));
  return { state: runState.parse({ run, seq, tasks: rows }), graph };
}

/** A field that a row does not have is null in its column, and absent again afterwards where the schema lets it be. */
function toColumns(rows: readonly Record<string, unknown>[]): Record<string, unknown[]> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

const mayBeAbsent = new Set(
  Object.entries(taskRow.shape).flatMap(([name, field]) =>
    field.safeParse(undefined).success ? [name] : [],
  ),
);

function toRows(from: Record<string, unknown[]>, count: number): Record<string, unknown>[] {
  const fields = Object.entries(from);
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, unknown> = {};
    for (const [name, values] of fields) {
      const value = values[index];
      if (value !== null || !mayBeAbsent.has(name)) row[name] = value;
    }
    return row;
  });
}

function edgesBetween(nodes: RunGraph["nodes"], places: readonly number[]): RunGraph["edges"] {
  const edges: RunGraph["edges"] = [];
  for (let index = 0; index + 1 < places.length; index += 2) {
    const from = nodes[places[index] ?? -1];
    const to = nodes[places[index + 1] ?? -1];
    if (from && to) edges.push({ from: from.id, to: to.id });
  }
  return edges;
}

function upstreamOf(edges: RunGraph["edges"]): Map<unknown, string[]> {
  const upstream = new Map<unknown, string[]>();
  for (const { from, to } of edges) {
    const known = upstream.get(to);
    if (known) known.push(from);
    else upstream.set(to, [from]);
  }
  return upstream;
}
