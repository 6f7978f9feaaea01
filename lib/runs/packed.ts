import type { RunState } from "./query-options";
import { type PlacedNode, type RunGraph, type TaskRow, taskRow } from "./schema";

/*
 * A run and its graph as one text, for the way from the server's first answer to the page. As plain props they would be
 * walked value by value when the page comes alive, the names of fields and the ends of edges thousands of times; a text is
 * taken as it is and parsed at once. Rows are columns, edges are places in the list of nodes. The server that drew the page
 * is taken at its word, as with any prop: to check each value of a large run is most of the work of unpacking it, in one
 * piece, while the page cannot answer.
 */

/** What a task waits for are the edges that lead to it. */
type PackedTask = Omit<TaskRow, "upstreamNodeIds">;
type Columns<Row> = { [Name in keyof Row]?: (Row[Name] | null)[] };

interface PackedRun {
  run: RunState["run"];
  seq: string;
  tasks: Columns<PackedTask>;
  taskCount: number;
  nodes: Columns<PlacedNode>;
  nodeCount: number;
  /** From and to, in turn. */
  edges: number[];
  width: number;
  height: number;
}

export function packRun({ run, tasks, seq }: RunState, graph: RunGraph): string {
  const at = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const rows = tasks.map(({ upstreamNodeIds: _, ...row }) => row);
  const packed: PackedRun = {
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
  const packed: PackedRun = JSON.parse(text);
  const nodes = toRows(packed.nodes, packed.nodeCount);
  const edges = edgesBetween(nodes, packed.edges);
  const upstream = upstreamOf(edges);
  const tasks = toRows(packed.tasks, packed.taskCount).map((row) => ({
    ...row,
    upstreamNodeIds: upstream.get(row.nodeId) ?? [],
  }));
  return {
    state: { run: packed.run, seq: packed.seq, tasks },
    graph: { nodes, edges, width: packed.width, height: packed.height },
  };
}

/** A field that a row does not have is null in its column, and absent again afterwards where the schema lets it be. */
function toColumns<Row extends object>(rows: readonly Row[]): Columns<Row> {
  const columns: Columns<Row> = {};
  for (const name of new Set(rows.flatMap((row) => Object.keys(row) as (keyof Row)[])))
    columns[name] = rows.map((row) => row[name] ?? null);
  return columns;
}

const mayBeAbsent = new Set(
  Object.entries(taskRow.shape).flatMap(([name, field]) =>
    field.safeParse(undefined).success ? [name] : [],
  ),
);

function toRows<Row extends object>(from: Columns<Row>, count: number): Row[] {
  const fields = Object.entries(from) as [string, unknown[]][];
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, unknown> = {};
    for (const [name, values] of fields) {
      const value = values[index];
      if (value !== null || !mayBeAbsent.has(name)) row[name] = value;
    }
    return row as Row;
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

function upstreamOf(edges: RunGraph["edges"]): Map<string, string[]> {
  const upstream = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = upstream.get(to);
    if (known) known.push(from);
    else upstream.set(to, [from]);
  }
  return upstream;
}
