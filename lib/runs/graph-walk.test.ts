import { expect, test } from "vitest";
import { graphItems } from "./graph-groups";
import { adjacencyOf } from "./graph-paths";
import { walk } from "./graph-walk";
import { layoutGraph } from "./layout";

const node = (id: string, ...upstreamNodeIds: string[]) => ({
  id,
  name: id,
  nodeType: "process",
  upstreamNodeIds,
});
const graph = layoutGraph([
  node("input"),
  node("qc", "input"),
  node("trim", "input"),
  node("index"),
  node("align", "trim", "index"),
]);
const drawing = graphItems(graph, { folded: false, open: new Set() });
const items = new Map(drawing.items.map((item) => [item.id, item]));
const adjacency = adjacencyOf(drawing.edges);

function at(id: string) {
  const item = items.get(id);
  if (!item) throw new Error(`no box ${id}`);
  return item;
}

test("right and left follow edges only", () => {
  expect(walk(at("trim"), "right", items, adjacency)?.id).toBe("align");
  expect(walk(at("qc"), "right", items, adjacency)).toBeNull();
  expect(walk(at("input"), "left", items, adjacency)).toBeNull();
});

test("up and down pass every box of a column once, then stop", () => {
  const column = drawing.items.filter((item) => item.x === at("qc").x).sort((a, b) => a.y - b.y);
  const passed: string[] = [];
  for (let item = column[0] ?? null; item; item = walk(item, "down", items, adjacency)) passed.push(item.id);
  expect(passed).toEqual(column.map((item) => item.id));
});

test("every box can be reached from the first with the arrow keys", () => {
  const reached = new Set([at("input")]);
  for (const item of reached) {
    for (const direction of ["left", "right", "up", "down"] as const) {
      const next = walk(item, direction, items, adjacency);
      if (next) reached.add(next);
    }
  }
  expect(reached.size).toBe(graph.nodes.length);
});
