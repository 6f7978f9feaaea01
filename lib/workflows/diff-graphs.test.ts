import { describe, expect, test } from "vitest";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { diffGraphs } from "./diff-graphs";
import { versionView } from "./version-view";

const node = (id: string, upstreamNodeIds: string[] = [], more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  name: id,
  nodeType: "sleep",
  nodeDefinitionId: "builtin:sleep",
  executorType: "builtin",
  upstreamNodeIds,
  ...more,
});
const before = [
  node("a"),
  node("b", ["a"], { executorConfig: { url: "x", retries: 1 } }),
  node("c", ["a", "b"]),
];
const after = [
  node("a"),
  node("b", ["a"], { executorConfig: { url: "y", timeoutMs: 5 }, name: "B" }),
  node("d", ["b"]),
];

describe("the difference of two graphs", () => {
  test("names nodes, edges and each field that differs", () => {
    const diff = diffGraphs(before, after);
    expect(diff.nodes).toEqual([
      { id: "c", name: "c", change: "removed", fields: [] },
      {
        id: "b",
        name: "B",
        change: "changed",
        fields: [
          { field: "name", before: '"b"', after: '"B"' },
          { field: "executorConfig.retries", before: "1", after: null },
          { field: "executorConfig.timeoutMs", before: null, after: "5" },
          { field: "executorConfig.url", before: '"x"', after: '"y"' },
        ],
      },
      { id: "d", name: "d", change: "added", fields: [] },
    ]);
    expect(diff.edges).toEqual([
      { from: "a", to: "c", change: "removed" },
      { from: "b", to: "c", change: "removed" },
      { from: "b", to: "d", change: "added" },
    ]);
    expect(diff).toMatchObject({ sameNodes: 1, sameEdges: 1 });
  });

  test("of a graph with itself is nothing, in whatever order its nodes, edges and settings come", () => {
    const turned = [...before].reverse().map((each) => ({
      ...each,
      upstreamNodeIds: [...each.upstreamNodeIds].reverse(),
      ...(each.executorConfig && { executorConfig: { retries: 1, url: "x" } }),
    }));
    expect(diffGraphs(before, turned)).toEqual({ nodes: [], edges: [], sameNodes: 3, sameEdges: 3 });
  });

  test("is drawn with everything that is in either, each in a place of its own", () => {
    const view = versionView({ nodes: after, looks: [] }, { nodes: before, looks: [] });
    expect(view.nodes.map(({ id, mark }) => [id, mark])).toEqual([
      ["a", "same"],
      ["b", "changed"],
      ["d", "added"],
      ["c", "removed"],
    ]);
    expect(new Set(view.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
    expect(view.edges.filter(({ mark }) => mark === "removed")).toHaveLength(2);
  });

  test("keeps the author's places where each node has one", () => {
    const looks = [
      { id: "a", x: 7, y: 8 },
      { id: "b", x: 90, y: 8 },
      { id: "d", x: 200, y: 8, note: "last" },
    ];
    const view = versionView({ nodes: after, looks }, null);
    expect(view.nodes.map(({ x, y, note }) => [x, y, note])).toEqual([
      [7, 8, null],
      [90, 8, null],
      [200, 8, "last"],
    ]);
  });
});
