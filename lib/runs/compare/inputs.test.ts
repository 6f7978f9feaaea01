import { expect, test } from "vitest";
import { compareGraphs } from "./graph";
import { compareInputs } from "./inputs";

const dataset = (id: string, versionTag?: string, name?: string) =>
  ({ kind: "dataset", id, versionTag, name }) as const;

test("inputs are told apart by what they are and in which version, not by what they were called", () => {
  const compared = compareInputs(
    [dataset("gone"), dataset("kept", "v1", "old name"), dataset("moved", "v1"), { kind: "asset", id: "x" }],
    [dataset("moved", "v2"), dataset("kept", "v1", "new name"), dataset("new"), dataset("x")],
  );
  expect(compared).toMatchObject({
    onlyA: [{ id: "gone" }, { kind: "asset", id: "x" }],
    onlyB: [{ id: "new" }, { kind: "dataset", id: "x" }],
    changed: [{ a: { versionTag: "v1" }, b: { versionTag: "v2" } }],
    same: [{ id: "kept" }],
  });
});

test("a change that many nodes share is told once, with how many", () => {
  const node = (id: string, executorType: string, upstreamNodeIds: string[] = []) => ({
    id,
    name: `step ${id}`,
    nodeType: "step",
    nodeDefinitionId: "builtin:step",
    executorType,
    upstreamNodeIds,
  });
  const compared = compareGraphs(
    [node("a", "pegasus"), node("b", "pegasus", ["a"]), node("c", "pegasus", ["b"])],
    [node("a", "replay"), node("b", "replay"), node("d", "replay", ["b"])],
  );
  expect(compared).toEqual({
    added: { count: 1, names: ["step d"] },
    removed: { count: 1, names: ["step c"] },
    changedNodes: 2,
    changes: [
      {
        field: "executorType",
        before: '"pegasus"',
        after: '"replay"',
        count: 2,
        names: ["step a", "step b"],
      },
    ],
    unlisted: 0,
    edgesAdded: 1,
    edgesRemoved: 2,
  });
});
