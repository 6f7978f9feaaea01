import { describe, expect, test } from "vitest";
import { parseJsonTree, readable } from "./json-tree";

const children = (text: string) => (parseJsonTree(text)?.children ?? []).map((n) => [n.key, n.kind, n.text]);

describe("metadata as a tree", () => {
  test("keeps the digits of a number that JavaScript would round", () => {
    expect(children('{"id":9223372036854775807,"z":-0,"e":1.50e+10}')).toEqual([
      ["id", "number", "9223372036854775807"],
      ["z", "number", "-0"],
      ["e", "number", "1.50e+10"],
    ]);
  });

  test("keeps repeated names, and the order of names that look like numbers", () => {
    expect(children('{"b":1,"1":2,"b":3}')).toEqual([
      ["b", "number", "1"],
      ["1", "number", "2"],
      ["b", "number", "3"],
    ]);
  });

  test("numbers the items of an array and keeps the text of a branch for copying", () => {
    const tree = parseJsonTree(' { "argv" : [ "STAR", {"a":null} ] } ');
    const argv = tree?.children[0];
    expect(argv?.text).toBe('[ "STAR", {"a":null} ]');
    expect(argv?.children.map((n) => [n.key, n.kind, n.text])).toEqual([
      ["0", "string", '"STAR"'],
      ["1", "object", '{"a":null}'],
    ]);
  });

  test("shows strings without their escapes, names too", () => {
    const [node] = parseJsonTree('{"a\\"b":"line\\n\\u00e9 \\ud800"}')?.children ?? [];
    expect(node?.key).toBe('a"b');
    expect(node && readable(node)).toBe("line\né \ud800");
  });

  test("is not drawn from a text that is not JSON", () => {
    for (const text of ["", "{", '{"a":}', '{"a":1,}', "[1 2]", "tru", '{"a":1} x', '"open', "01x"]) {
      expect(parseJsonTree(text), text).toBeNull();
    }
  });

  test("is not drawn from a text that nests past any reading, and does not fall over it", () => {
    expect(parseJsonTree("[".repeat(100_000) + "]".repeat(100_000))).toBeNull();
  });

  test("reads a string of megabytes", () => {
    const text = `{"blob":"${"x\\n".repeat(1_000_000)}"}`;
    expect(parseJsonTree(text)?.children[0]?.text).toHaveLength(3_000_002);
  });
});
