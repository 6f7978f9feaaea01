import { describe, expect, test } from "vitest";
import { deepestFirst } from "./reset-order";

const node = (nodeId: string, ...upstreamNodeIds: string[]) => ({
  _id: `t-${nodeId}`,
  nodeId,
  upstreamNodeIds,
});

describe("the order of a reset", () => {
  test("has every task after all that wait for it, and nothing that does not", () => {
    const graph = [node("a"), node("b", "a"), node("c", "a"), node("d", "b", "c"), node("e", "d"), node("x")];
    const order = deepestFirst(graph, new Set(["t-a"]));
    expect(order.toSorted()).toEqual(["t-a", "t-b", "t-c", "t-d", "t-e"]);
    for (const { _id, upstreamNodeIds } of graph.filter((one) => one.nodeId !== "x")) {
      for (const upstream of upstreamNodeIds) {
        expect(order.indexOf(`t-${upstream}`)).toBeGreaterThan(order.indexOf(_id));
      }
    }
  });

  test("goes through a task that is chosen and stands behind another chosen one once", () => {
    const graph = [node("a"), node("b", "a"), node("c", "b")];
    expect(deepestFirst(graph, new Set(["t-b", "t-a"]))).toEqual(["t-c", "t-b", "t-a"]);
  });

  test("walks a chain of ten thousand", () => {
    const graph = Array.from({ length: 10_000 }, (_, n) => (n === 0 ? node("0") : node(`${n}`, `${n - 1}`)));
    const order = deepestFirst(graph, new Set(["t-0"]));
    expect([order.length, order[0], order.at(-1)]).toEqual([10_000, "t-9999", "t-0"]);
  });
});
