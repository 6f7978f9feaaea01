import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { exampleWorkflow } from "./example";
import { graphsOf } from "./graph-document";
import { maxGraphCharacters, readGraphText, writeGraphText } from "./graph-text";

describe("the text of a workflow", () => {
  test("gives back the same graphs after it was written and read", () => {
    const random = seededRandom("texts");
    for (let round = 0; round < 200; round++) {
      const text = JSON.stringify({ nodes: someNodes(round, random) });
      const first = readGraphText(text);
      if (!first.ok) throw new Error(first.problems[0]?.message);
      const second = readGraphText(writeGraphText("again", first.graphs));
      expect(second).toMatchObject({ ok: true, graphs: first.graphs });
    }
  });

  test("is refused with the line of each problem", () => {
    const text = [
      '{ "nodes": [',
      '  { "id": "a", "nodeType": "sleep", "executorType": "builtin",',
      '    "upstreamNodeIds": ["gone"] },',
      '  { "id": "b", "nodeType": "sleep", "executorType": "quantum" }',
      "] }",
    ].join("\n");
    const reading = readGraphText(text);
    expect(reading.ok ? [] : reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["dangling_edge", 3],
      ["unknown_executor", 4],
    ]);
  });

  test("is refused where it is no JSON, and told where it stops being it", () => {
    expect(readGraphText('{\n "nodes": [,]\n}')).toMatchObject({
      ok: false,
      problems: [{ code: "not_json", line: 2 }],
    });
  });

  test("loses no word in silence: a field that nobody knows is refused", () => {
    const reading = readGraphText(
      '{"nodes": [{"id": "a", "nodeType": "sleep", "executorType": "builtin", "upsteam": []}]}',
    );
    expect(reading).toMatchObject({
      ok: false,
      problems: [{ code: "wrong_shape", place: "nodes[0].upsteam" }],
    });
  });

  test("of more characters than a version may have is refused before it is read", () => {
    expect(readGraphText("[".repeat(maxGraphCharacters + 1))).toMatchObject({
      ok: false,
      problems: [{ code: "too_large" }],
    });
  });

  test("a new workflow begins with is sound", () => {
    expect(readGraphText(JSON.stringify(exampleWorkflow))).toMatchObject({
      ok: true,
      graphs: graphsOf(exampleWorkflow),
    });
  });
});

function someNodes(round: number, random: ReturnType<typeof seededRandom>) {
  return Array.from({ length: random.whole(1, 8) }, (_, at) => ({
    id: `n${at}`,
    ...(random.chance(0.5) && { name: `Node ${at} “é” \u2028` }),
    nodeType: "sleep",
    executorType: "builtin",
    ...(random.chance(0.3) && { nodeDefinitionId: `custom:${round}` }),
    ...(at > 0 && random.chance(0.7) && { upstreamNodeIds: [`n${at - 1}`] }),
    ...(random.chance(0.5) && { executorConfig: { durationMs: at, deep: { list: [1, null, "x"] } } }),
    ...(random.chance(0.2) && { codeHookSpec: { before: "return 1;\n" } }),
    ...(random.chance(0.2) && { artifactType: "report", artifactTitle: "T" }),
    ...(random.chance(0.2) && { priority: at - 3 }),
    ...(random.chance(0.3) && { position: { x: at * 10.5, y: -at } }),
    ...(random.chance(0.3) && { note: "why" }),
  }));
}
