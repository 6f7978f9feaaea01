import { describe, expect, test } from "vitest";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { builtinNodeTypes, executorTypes } from "@/lib/runs/executors/executor";
import { levelsOf } from "@/lib/runs/levels";
import { seededRandom } from "@/lib/seeded-random";
import { checkGraph, maxNodes } from "./check-graph";
import { checkStart } from "./check-start";
import { executorCatalogue, executorNames } from "./executor-catalogue";
import { maxProblems } from "./graph-problem";

const node = (id: string, upstreamNodeIds: string[] = [], more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  name: id || "nameless",
  nodeType: "sleep",
  nodeDefinitionId: "builtin:sleep",
  executorType: "builtin",
  upstreamNodeIds,
  ...more,
});
const codes = (nodes: GraphNode[]) => checkGraph(nodes).map(({ code }) => code);

describe("a graph is refused", () => {
  test("without nodes", () => expect(codes([])).toEqual(["empty"]));

  test("where nodes wait for each other, and the cycle is named in the order in which tasks would run", () => {
    const [problem] = checkGraph([node("a", ["c"]), node("b", ["a"]), node("c", ["b"]), node("d", ["c"])]);
    expect(problem).toMatchObject({ code: "cycle" });
    expect([...(problem?.nodeIds ?? [])].sort()).toEqual(["a", "b", "c"]);
    expect(problem?.message).toMatch(/“a” → “b” → “c” → “a”|“b” → “c” → “a” → “b”|“c” → “a” → “b” → “c”/);
  });

  test("with every cycle named by itself", () => {
    const two = [node("a", ["b"]), node("b", ["a"]), node("c", ["d", "a"]), node("d", ["c"])];
    expect(codes(two)).toEqual(["cycle", "cycle"]);
  });

  test("where a node waits for itself, for one that is not there, or for one twice", () => {
    expect(checkGraph([node("a", ["a"]), node("b", ["x"]), node("c", ["a", "a"])])).toMatchObject([
      { code: "self_edge", place: "nodes[0].upstreamNodeIds[0]", nodeIds: ["a"] },
      { code: "dangling_edge", place: "nodes[1].upstreamNodeIds[0]", nodeIds: ["b"] },
      { code: "repeated_edge", place: "nodes[2].upstreamNodeIds[1]", nodeIds: ["c"] },
    ]);
  });

  test("with an id twice, or one that cannot be one", () => {
    expect(codes([node("a"), node("a")])).toEqual(["duplicate_id"]);
    expect(codes([node(" ")])).toContain("bad_id");
    expect(codes([node("x".repeat(201))])).toEqual(["bad_id"]);
    expect(codes([node("line\nbreak", [], { name: "n" })])).toEqual(["bad_id"]);
  });

  test("with an executor, a node type or a custom node that nobody knows, and told which there are", () => {
    const [executor] = checkGraph([node("a", [], { executorType: "quantum" })]);
    expect(executor).toMatchObject({ code: "unknown_executor", place: "nodes[0].executorType" });
    expect(executor?.remedy).toContain("builtin, external, http, process, replay");
    expect(codes([node("a", [], { nodeType: "toString" })])).toEqual(["unknown_node_type"]);
    const custom = node("a", [], { executorType: "external", nodeDefinitionId: "custom:gate" });
    expect(checkGraph([custom], { customNodes: new Set() })).toMatchObject([{ code: "unknown_definition" }]);
    expect(checkGraph([custom], { customNodes: new Set(["custom:gate"]) })).toEqual([]);
  });

  test("where a setting is missing or of the wrong kind", () => {
    expect(checkGraph([node("a", [], { executorType: "http", nodeType: "call" })])).toMatchObject([
      { code: "missing_setting", place: "nodes[0].executorConfig.url" },
    ]);
    expect(codes([node("a", [], { executorConfig: { durationMs: "soon" } })])).toEqual(["missing_setting"]);
    expect(codes([node("a", [], { executorConfig: { text: "x".repeat(70_000) } })])).toEqual(["too_large"]);
  });

  test("of fifty thousand nodes by one sentence, whatever else is wrong with it", () => {
    const huge = Array.from({ length: 50_000 }, (_, at) => node(`n${at}`, [`n${(at + 1) % 50_000}`, "x"]));
    expect(checkGraph(huge)).toMatchObject([{ code: "too_many_nodes" }]);
    expect(checkGraph(huge)[0]?.message).toContain("50,000 nodes; 5,000 are the most");
  });

  test("with as many problems as one can read, and the number of the others", () => {
    const problems = checkGraph(Array.from({ length: 900 }, (_, at) => node(`n${at}`, ["x"])));
    expect(problems).toHaveLength(maxProblems);
    expect(problems.at(-1)?.message).toBe(`${900 - maxProblems + 1} more problems are not listed.`);
  });
});

describe("a graph is sound", () => {
  test("as one chain of as many nodes as there may be", () => {
    expect(
      checkGraph(Array.from({ length: maxNodes }, (_, at) => node(`n${at}`, at ? [`n${at - 1}`] : []))),
    ).toEqual([]);
  });

  test("exactly when every node can be reached in some order: a cycle is found whenever there is one", () => {
    const random = seededRandom("graphs");
    for (let round = 0; round < 500; round++) {
      const size = random.whole(2, 12);
      const nodes = Array.from({ length: size }, (_, at) => {
        const upstream = Array.from({ length: size }, (_, other) => other).filter(
          (other) => other !== at && random.chance(other < at ? 0.3 : 0.04),
        );
        return node(
          `n${at}`,
          upstream.map((other) => `n${other}`),
        );
      });
      const levels = levelsOf(nodes.map(({ id, upstreamNodeIds }) => ({ nodeId: id, upstreamNodeIds })));
      const problems = checkGraph(nodes);
      expect([round, problems.length > 0]).toEqual([round, levels.size < size]);
      for (const { code, nodeIds } of problems) {
        expect(code).toBe("cycle");
        // Each is a walk along edges that ends where it began.
        for (const [at, id] of nodeIds.entries()) {
          const before = nodeIds[(at + nodeIds.length - 1) % nodeIds.length] ?? "";
          expect(nodes.find((each) => each.id === id)?.upstreamNodeIds).toContain(before);
        }
      }
    }
  });
});

test("nodes that begin with assets need some to start with", () => {
  const probe = node("look", [], { nodeType: "probe" });
  expect(checkStart([probe], [])).toMatchObject([{ code: "missing_input", nodeIds: ["look"] }]);
  expect(checkStart([probe], ["asset-1"])).toEqual([]);
  expect(checkStart([node("wait"), node("look", ["wait"])], [])).toEqual([]);
});

test("the catalogue names the executors and node types that there are", () => {
  expect(executorNames).toEqual([...executorTypes].sort());
  expect(Object.keys(executorCatalogue.builtin.nodeTypes).sort()).toEqual([...builtinNodeTypes].sort());
});
