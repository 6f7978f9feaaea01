import { describe, expect, test } from "vitest";
import type { PairTemplates, RunComparison, TaskPair } from "./run-schema";
import { verdictOfRuns } from "./run-verdict";

const side = (status: "succeeded" | "failed" = "succeeded", episodeId: string | null = "e") => ({
  taskId: "t",
  status,
  durationMs: 1,
  episodeId,
  rows: 1,
  failing: 0,
});
const pair = (key: string, parts: Partial<TaskPair> = {}): TaskPair => ({
  key,
  name: key,
  a: side(),
  b: side(),
  ...parts,
});
const says = (key: string, onlyA = 0, equal = 2): PairTemplates => ({
  key,
  onlyA: { templates: onlyA, rows: onlyA },
  onlyB: { templates: 0, rows: 0 },
  both: { templates: 2, equal },
  other: 0,
  exact: true,
});
const verdict = (tasks: TaskPair[], known: PairTemplates[]) => {
  const run: RunComparison["a"] = {
    id: "r",
    status: "succeeded",
    workflowId: "w",
    workflowName: "w",
    versionNumber: 1,
    createdAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
    rows: 1,
  };
  const comparison = { a: run, b: run, tasks, asOf: run.createdAt };
  return verdictOfRuns(comparison, new Map(known.map((found) => [found.key, found])));
};

describe("two runs differ", () => {
  test("first at the earliest task whose logs say something else", () => {
    const found = verdict(
      [pair("one"), pair("two"), pair("three")],
      [says("one"), says("two", 1), says("three", 2)],
    );
    expect(found.first?.key).toBe("two");
    expect(found.different.map(({ key }) => key)).toEqual(["two", "three"]);
  });

  test("at a task that ended otherwise, or that only one of them has, whatever its log says", () => {
    const found = verdict(
      [pair("one", { b: side("failed") }), pair("two", { b: null })],
      [says("one"), says("two")],
    );
    expect(found.different.map(({ key }) => key)).toEqual(["one", "two"]);
  });

  test("not yet at a task while an earlier one was not looked at", () => {
    const found = verdict([pair("one"), pair("two")], [says("two", 1)]);
    expect(found).toMatchObject({ first: null, waiting: 1 });
  });

  test("in counts alone without being called a divergence", () => {
    const found = verdict([pair("one")], [says("one", 0, 1)]);
    expect(found.verdicts.get("one")).toBe("counts");
    expect(found.first).toBeNull();
  });

  test("not at tasks without logs that ended alike", () => {
    const silent = pair("one", { a: side("succeeded", null), b: side("succeeded", null) });
    expect(verdict([silent], [])).toMatchObject({ different: [], first: null, waiting: 0 });
  });
});
