import { expect, test } from "vitest";
import { foldKeyOf, graphItems } from "./graph-groups";
import { layoutGraph } from "./layout";
import type { RunGraph } from "./schema";

const none = new Set<string>();
const node = (name: string, ...upstreamNodeIds: string[]) => ({
  id: name,
  name,
  nodeType: "process",
  upstreamNodeIds,
});

/** split -> `width` blast tasks -> cat, and one odd task beside them. */
function fanOut(width: number): RunGraph {
  const blasts = Array.from({ length: width }, (_, index) => `blastall_ID${index}`);
  return layoutGraph([
    node("split"),
    ...blasts.map((blast) => node(blast, "split")),
    node("checksum", "split"),
    node("cat", ...blasts),
  ]);
}

test("tasks of one kind in one level become one box that knows its members", () => {
  const { items } = graphItems(fanOut(400), { folded: true, open: none });
  const shown = items.map((item) => [item.stem, item.members.length, item.foldKey]);
  expect(shown.sort()).toEqual([
    ["blastall", 400, "1.blastall"],
    ["cat", 1, null],
    ["checksum", 1, null],
    ["split", 1, null],
  ]);
});

test("every task is in exactly one box, folded, opened or not", () => {
  const graph = fanOut(50);
  for (const folding of [
    { folded: false, open: none },
    { folded: true, open: none },
    { folded: true, open: new Set(["1.blastall"]) },
  ]) {
    const { items, itemOf } = graphItems(graph, folding);
    expect(items.flatMap((item) => item.members).sort()).toEqual(graph.nodes.map((each) => each.id).sort());
    for (const item of items) for (const member of item.members) expect(itemOf.get(member)).toBe(item.id);
  }
});

test("edges between two boxes are drawn once", () => {
  const { edges } = graphItems(fanOut(400), { folded: true, open: none });
  expect(edges.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
    "fold:1.blastall cat",
    "split checksum",
    "split fold:1.blastall",
  ]);
});

test("an opened fold shows its tasks, which know how to fold again", () => {
  const graph = fanOut(3);
  const blast = graph.nodes.find((each) => each.name === "blastall_ID1");
  if (!blast) throw new Error("the fan-out has no such task");
  const opened = graphItems(graph, { folded: true, open: new Set([foldKeyOf(blast)]) });
  const tasks = opened.items.filter((item) => item.foldKey !== null);
  expect(tasks.map((item) => item.mark).sort()).toEqual(["0", "1", "2"]);
  expect(opened.edges).toHaveLength(7);
});

test("without folding every task stays where the server put it", () => {
  const graph = fanOut(20);
  const { items } = graphItems(graph, { folded: false, open: none });
  expect(new Map(items.map((item) => [item.id, [item.x, item.y]]))).toEqual(
    new Map(graph.nodes.map((each) => [each.id, [each.x, each.y]])),
  );
});

test("the same kind at another level is another box", () => {
  const graph = layoutGraph([node("align_1"), node("align_2", "align_1"), node("align_3")]);
  expect(
    graphItems(graph, { folded: true, open: none })
      .items.map((item) => item.id)
      .sort(),
  ).toEqual(["align_2", "fold:0.align"]);
});
