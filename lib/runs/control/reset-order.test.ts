import { describe, expect, test } from "vitest";
import { resetLevels } from "./reset-order";

const node = (nodeId: string, ...upstreamNodeIds: string[]) => ({
  _id: `t-${nodeId}`,
  nodeId,
  upstreamNodeIds,
});

const levelsOf = (graph: ReturnType<typeof node>[], ...targets: string[]) =>
  resetLevels(graph, new Set(targets)).map((level) => level.map(({ nodeId }) => nodeId));

describe("the order of a reset", () => {
  test("has every task after all that wait for it, and nothing that does not", () => {
    const graph = [node("a"), node("b", "a"), node("c", "a"), node("d", "b", "c"), node("e", "d"), node("x")];
    expect(levelsOf(graph, "t-a")).toEqual([["e"], ["d"], ["b", "c"], ["a"]]);
  });

  test("puts a task that is waited for directly and by a longer way after the longer way", () => {
    const graph = [node("a"), node("b", "a"), node("c", "b"), node("d", "a", "c")];
    expect(levelsOf(graph, "t-a")).toEqual([["d"], ["c"], ["b"], ["a"]]);
  });

  test("goes through a task that is chosen and stands behind another chosen one once", () => {
    const graph = [node("a"), node("b", "a"), node("c", "b")];
    expect(levelsOf(graph, "t-b", "t-a")).toEqual([["c"], ["b"], ["a"]]);
  });

  test("leaves out what stands beside, also before a join", () => {
    const graph = [node("a"), node("b"), node("join", "a", "b")];
    expect(levelsOf(graph, "t-b")).toEqual([["join"], ["b"]]);
  });

  test("walks a chain of ten thousand, and a fan-out of ten thousand is two levels", () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => (n === 0 ? node("0") : node(`${n}`, `${n - 1}`)));
    const levels = levelsOf(chain, "t-0");
    expect([levels.length, levels[0], levels.at(-1)]).toEqual([10_000, ["9999"], ["0"]]);
    const fan = [node("root"), ...Array.from({ length: 10_000 }, (_, n) => node(`${n}`, "root"))];
    expect(levelsOf(fan, "t-root").map(({ length }) => length)).toEqual([10_000, 1]);
  });
});
