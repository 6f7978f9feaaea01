import { expect, test } from "vitest";
import { foldedItems, foldKey, singleItems } from "./graph-groups";
import { foldedPlaces, nodeHeight } from "./graph-places";
import type { PlacedNode, RunGraph } from "./schema";

const node = (name: string, level: number, y: number): PlacedNode => ({
  id: name,
  name,
  nodeType: "process",
  level,
  x: level * 126,
  y,
});

/** split -> `width` blast tasks -> cat, and one odd task beside them. */
function fanOut(width: number): RunGraph {
  const blasts = Array.from({ length: width }, (_, index) => node(`blastall_ID${index}`, 1, index * 58));
  return {
    nodes: [node("split", 0, 0), ...blasts, node("checksum", 1, width * 58), node("cat", 2, 0)],
    edges: [
      ...blasts.flatMap((blast) => [
        { from: "split", to: blast.id },
        { from: blast.id, to: "cat" },
      ]),
      { from: "split", to: "checksum" },
    ],
    width: 400,
    height: width * 58,
  };
}

test("tasks of one kind in one level become one box that knows its members", () => {
  const { items } = foldedItems(fanOut(400), new Set());
  expect(items.map((item) => [item.label, item.members.length, item.fold])).toEqual([
    ["split", 1, false],
    ["blastall", 400, true],
    ["checksum", 1, false],
    ["cat", 1, false],
  ]);
});

test("every task is in exactly one box, folded or not", () => {
  const graph = fanOut(50);
  for (const { items, itemOf } of [
    singleItems(graph),
    foldedItems(graph, new Set()),
    foldedItems(graph, new Set(["1.blastall"])),
  ]) {
    expect(items.flatMap((item) => item.members).sort()).toEqual(graph.nodes.map((each) => each.id).sort());
    for (const item of items) for (const member of item.members) expect(itemOf.get(member)).toBe(item.id);
  }
});

test("edges between two folds are drawn once, and none within a fold", () => {
  expect(foldedItems(fanOut(400), new Set()).edges).toEqual([
    { from: "split", to: "fold:1.blastall" },
    { from: "fold:1.blastall", to: "cat" },
    { from: "split", to: "checksum" },
  ]);
});

test("an opened fold shows its tasks and leaves the others folded", () => {
  const graph = fanOut(3);
  const opened = foldedItems(graph, new Set([foldKey(node("blastall_ID1", 1, 0))]));
  expect(opened.items.filter((item) => item.level === 1).map((item) => item.label)).toEqual([
    "blastall 0",
    "blastall 1",
    "blastall 2",
    "checksum",
  ]);
  expect(opened.edges).toHaveLength(7);
});

test("the same kind at another level is another box", () => {
  const graph: RunGraph = {
    nodes: [node("align_1", 0, 0), node("align_2", 1, 0)],
    edges: [],
    width: 0,
    height: 0,
  };
  expect(foldedItems(graph, new Set()).items).toHaveLength(2);
});

test("no two boxes overlap, however many share a column", () => {
  const places = foldedPlaces(foldedItems(fanOut(40), new Set(["1.blastall"])));
  const heights = [...places.values()].filter(({ x }) => x === 126).map(({ y }) => y);
  heights
    .sort((a, b) => a - b)
    .reduce((above, y) => {
      expect(y - above).toBeGreaterThan(nodeHeight);
      return y;
    }, Number.NEGATIVE_INFINITY);
});

test("places do not depend on the order in which boxes are listed", () => {
  const folded = foldedItems(fanOut(12), new Set(["1.blastall"]));
  const shuffled = { ...folded, items: folded.items.toReversed() };
  expect(new Map([...foldedPlaces(shuffled)].sort())).toEqual(new Map([...foldedPlaces(folded)].sort()));
});

test("a box without neighbours to lean on stays at the top of the drawing, never above it", () => {
  const places = foldedPlaces(foldedItems(fanOut(9), new Set()));
  expect(Math.min(...[...places.values()].map(({ y }) => y))).toBe(0);
});
