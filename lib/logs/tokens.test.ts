import { describe, expect, test } from "vitest";
import { searchableText } from "./searchable-text";
import { fold, tokensOf } from "./tokens";

const words = (text: string) => [...tokensOf(text)];

describe("tokens", () => {
  test("are runs of letters, digits and _, in lower case, of two or more", () => {
    expect(words("GET /api/v1/Users?id=42 took 7ms, a_b-c!")).toEqual([
      "get",
      "api",
      "v1",
      "users",
      "id",
      "42",
      "took",
      "7ms",
      "a_b",
    ]);
    expect(words("")).toEqual([]);
    expect(words("a b c .,;")).toEqual([]);
  });

  test("know letters of all scripts, also beyond the first plane", () => {
    expect(words("Größe żółć 日本語 𠮷野家 😀😀 ٣٤٥")).toEqual(["größe", "żółć", "日本語", "𠮷野家", "٣٤٥"]);
    expect(words("half \ud842 of a pair, ab\udfb7cd")).toEqual(["half", "of", "pair", "ab", "cd"]);
  });

  test("are cut at 100 units", () => {
    expect(words("x".repeat(250))).toEqual(["x".repeat(100)]);
  });

  test.each([
    ["İstanbul burning", "i̇stanbul BURNING"],
    ["ΟΔΥΣΣΕΥΣ'Α ok", "οδυσσευς'α ok"],
    ["STRASSE ẞ", "strasse ß"],
  ])("of %j and %j are the same, as case folding says", (one, other) => {
    expect(fold(one)).toBe(fold(other));
    expect(words(one)).toEqual(words(other));
  });
});

describe("the searchable text", () => {
  test("is the message, then the metadata with its escapes decoded", () => {
    expect(searchableText("done", String.raw`{"path":"C:\\temp\\new","note":"a\n\u00e9\"b\/"}`)).toBe(
      'done\n{"path":"C:\\temp\\new","note":"a\né"b/"}',
    );
    expect(searchableText("no metadata \\n here", null)).toBe("no metadata \\n here");
  });
});
