import { describe, expect, test } from "vitest";
import type { ComparedTaskSide, GraphComparison, TaskPair } from "./schema";
import { verdictOf } from "./verdict";
import { changeWords, differenceWords, divergenceWords, graphWords, inputWords, shareWords } from "./words";

const side = (parts: Partial<ComparedTaskSide> = {}): ComparedTaskSide => ({
  taskId: "t",
  status: "succeeded",
  startedMs: 0,
  endedMs: 250_000,
  durationMs: 10_000,
  attempt: 1,
  errorMessage: null,
  episodeId: null,
  rows: 0,
  failing: 0,
  ...parts,
});
const pair = (parts: Partial<TaskPair> = {}): TaskPair => ({
  key: "x",
  name: "x",
  a: side(),
  b: side(),
  ...parts,
});

describe("the words of a comparison", () => {
  test("say how a task parts two runs, and when", () => {
    expect(divergenceWords(pair({ b: side({ status: "failed" }) }), undefined)).toBe(
      "failed in B after 4 min 10 s, succeeded in A",
    );
    expect(divergenceWords(pair({ b: side({ status: "pending", endedMs: null }) }), undefined)).toBe(
      "pending in B, succeeded in A",
    );
    // Whichever side failed is told first.
    expect(divergenceWords(pair({ a: side({ status: "failed", endedMs: 9_000 }) }), undefined)).toBe(
      "failed in A after 9 s, succeeded in B",
    );
    expect(divergenceWords(pair({ a: null }), undefined)).toBe("only B has it");
  });

  test.each([
    [{ b: side({ status: "failed" }) }, "succeeded in A, failed in B"],
    [{ b: null }, "only in A"],
    [{ b: side({ durationMs: 20_000 }) }, "slower in B"],
    [{ b: side({ durationMs: 5_000 }) }, "faster in B"],
    [{ a: side({ attempt: 3 }) }, "3 attempts in A, 1 in B"],
    [{}, "the same"],
    [{ a: side({ episodeId: "a" }), b: side({ episodeId: "b" }) }, "not compared yet"],
  ])("name what differs in %j", (parts, words) => {
    const tasks = pair(parts);
    expect(differenceWords(tasks, verdictOf(tasks, undefined))).toBe(words);
  });

  test("write changes with their sign, and a manifold as one", () => {
    expect([changeWords(62_000), changeWords(-62_000)]).toEqual(["+1 min 02 s", "−1 min 02 s"]);
    expect([shareWords(0.042), shareWords(-0.5), shareWords(99)]).toEqual(["+4.2%", "−50%", "× 100"]);
  });

  test("are none where graph and inputs are the same", () => {
    const graph: GraphComparison = {
      added: { count: 0, names: [] },
      removed: { count: 0, names: [] },
      changedNodes: 0,
      changes: [],
      unlisted: 0,
      edgesAdded: 0,
      edgesRemoved: 0,
    };
    expect(graphWords(graph)).toBeNull();
    expect(graphWords({ ...graph, added: { count: 2, names: ["a", "b"] }, edgesRemoved: 1 })).toBe(
      "2 nodes added, 1 edge changed",
    );
    const input = { kind: "dataset" as const, id: "d" };
    expect(inputWords({ onlyA: [], onlyB: [], changed: [], same: [input] })).toBeNull();
    expect(inputWords({ onlyA: [input], onlyB: [input], changed: [], same: [] })).toBe("1 added, 1 removed");
  });
});
