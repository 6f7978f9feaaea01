import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { searchableText } from "../searchable-text";
import { tokensOf } from "../tokens";
import { matcherFor } from "./match";
import { tokensToAsk } from "./needed";
import { type LogQueryInput, parseQuery } from "./query";

describe("words that a filter is asked for", () => {
  test.each<[string, LogQueryInput, string[]]>([
    ["an open end says nothing", { text: "trace abc12" }, []],
    ["words between other words are whole", { text: "took long time today" }, ["long", "time"]],
    ["a text that begins and ends between words", { text: " Long time. " }, ["long", "time"]],
    ["a word is whole at both ends", { text: "abc-def", mode: "word" }, ["abc", "def"]],
    [
      "a pattern's fixed texts, inside",
      { text: "x+ status=500 after .*", mode: "regex" },
      ["status", "after", "500"],
    ],
    ["a pattern with a choice", { text: " one | two ", mode: "regex" }, []],
    ["a metadata value is whole", { metadata: [{ path: "a", op: "eq", value: "req-77" }] }, ["req", "77"]],
    [
      "a part of a metadata value is not",
      { metadata: [{ path: "a", op: "contains", value: "req-77-x" }] },
      ["77"],
    ],
    ["a template's words", { template: "Job <*> of user_<*> done" }, ["done", "job", "of"]],
    [
      "a template's values that are filled in",
      { template: "Job 4711 of <*> done" },
      ["4711", "done", "job", "of"],
    ],
    [
      "one of several values is",
      {
        metadata: [
          { path: "a", op: "eq", value: "req-77" },
          { path: "a", op: "eq", value: "req-78" },
          { path: "b", op: "eq", value: "done" },
        ],
      },
      ["done"],
    ],
    ["a value that is left out says nothing", { metadata: [{ path: "a", op: "ne", value: "req-77" }] }, []],
    ["neither do templates that are left out", { without: ["Job <*> of user_<*> done"] }, []],
    ["nothing is too short", { text: " a b c " }, []],
  ])("%s", (_name, query, tokens) => {
    expect(tokensToAsk(parseQuery(query)).toSorted()).toEqual(tokens.toSorted());
  });

  test("are words of every hit, whatever rows and queries are made of", () => {
    const random = seededRandom("needed");
    const pieces = [
      ...[
        "timeout",
        "K8s",
        "\u212a8s",
        "\u0130x",
        "i\u0307x",
        "ma\u00df",
        "MASS",
        "\u03a3\u03c2\u03c3",
        "\u6f22\u5b57",
        "e\u0301",
        "_id",
      ],
      ...[" ", "-", ".", '"', "\\", "\n", "\ud83d\ude00", "\ud835\udd04x", "12", "7"],
    ] as const;
    const text = (most: number) =>
      Array.from({ length: random.whole(1, most) }, () => random.pick([" ", ...pieces])).join("");
    const at = new Date(0);
    let hits = 0;
    for (let n = 0; n < 30_000; n++) {
      const message = text(8);
      const metadataText = JSON.stringify({ [text(2)]: text(3), fixed: text(3) });
      const start = random.whole(0, message.length - 1);
      const part = message.slice(start, start + random.whole(1, 12));
      const escaped = part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      const queries: [LogQueryInput, ...LogQueryInput[]] = [
        { text: random.chance(0.5) ? part.toUpperCase() : part },
        { text: part, mode: "word" },
        { text: random.chance(0.5) ? escaped.toLowerCase() : escaped, mode: "regex" },
        { metadata: [{ path: "fixed", op: "contains", value: part }] },
        {
          metadata: [
            { path: "fixed", op: "eq", value: part },
            { path: "fixed", op: "eq", value: "12" },
          ],
        },
        { metadata: [{ path: "fixed", op: "exists" }], text: part },
        { metadata: [{ path: "fixed", op: "ne", value: part }], text: part, without: [`${part} <*>`] },
      ];
      const query = parseQuery(random.pick(queries));
      const entry = { seq: 0n, at, level: "info", message, metadataText, receivedAt: at, flags: [] } as const;
      if (!matcherFor(query)({ ...entry, flags: [] })) continue;
      hits++;
      const known = new Set(tokensOf(searchableText(message, metadataText)));
      const lost = tokensToAsk(query).filter((token) => !known.has(token));
      expect(lost, JSON.stringify({ query, message, metadataText })).toEqual([]);
    }
    expect(hits).toBeGreaterThan(5_000);
  });
});
