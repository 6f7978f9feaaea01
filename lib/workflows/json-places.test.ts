import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { lineAt, scanJson } from "./json-places";

describe("the places of a text of JSON", () => {
  test("are the lines its values begin in", () => {
    const scan = scanJson(
      '{\n "nodes": [\n  {"id": "a",\n   "executorConfig": {"url": "x"}},\n  {"id": "b"}\n ]\n}',
    );
    if (!scan.ok) throw new Error(scan.message);
    expect(lineAt(scan.lineOf, "nodes[0].id")).toBe(3);
    expect(lineAt(scan.lineOf, "nodes[0].executorConfig.url")).toBe(4);
    expect(lineAt(scan.lineOf, "nodes[1]")).toBe(5);
  });

  test("of something that is not there is the place of what should hold it", () => {
    const scan = scanJson('{\n"nodes": [\n{"id": "a"}\n]}');
    if (!scan.ok) throw new Error(scan.message);
    expect(lineAt(scan.lineOf, "nodes[0].executorConfig.url")).toBe(3);
    expect(lineAt(scan.lineOf, "nodes[7].id")).toBe(2);
    expect(lineAt(scan.lineOf, "elsewhere")).toBe(1);
  });

  test("what is no JSON is told where it stops being it", () => {
    expect(scanJson('{"a": 1\n "b": 2}')).toMatchObject({ ok: false, line: 2, column: 2 });
    expect(scanJson("[1, 2,")).toMatchObject({ ok: false, line: 1, column: 7 });
    expect(scanJson("")).toMatchObject({ ok: false, line: 1, column: 1 });
    expect(scanJson('{"a": 1} x')).toMatchObject({ ok: false, column: 10 });
  });

  test("a text of nothing but brackets, and one of a single huge value, are both answered", () => {
    expect(scanJson("[".repeat(1_000_000))).toMatchObject({ ok: false });
    expect(scanJson(JSON.stringify("x\\\n".repeat(1_000_000)))).toMatchObject({ ok: true });
  });

  test("agrees with the parser of the language on what is JSON, however a text is bent", () => {
    const random = seededRandom("json places");
    const sound = JSON.stringify(
      { a: [1, -2.5e3, 'q"\\\u00e9', { b: null, c: [] }], d: {}, e: true },
      null,
      1,
    );
    const bits: [string, ...string[]] = [
      '"',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\\",
      "0",
      "1",
      ".",
      "e",
      "-",
      " ",
      "\n",
      "t",
      "\u0001",
      "true",
    ];
    for (let round = 0; round < 4_000; round++) {
      const at = random.whole(0, sound.length);
      const text = sound.slice(0, at) + random.pick(bits) + sound.slice(at + random.whole(0, 2));
      expect([text, scanJson(text).ok]).toEqual([text, parses(text)]);
    }
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
