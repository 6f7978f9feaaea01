import { expect, test } from "vitest";
import { everything, explorerQuery, type QueryParams } from "./explorer-query";

const nothing: QueryParams = {
  level: [],
  q: "",
  mode: "text",
  since: null,
  until: null,
  meta: [],
  template: null,
  without: [],
};
const now = new Date("2026-11-20T12:00:00.000Z");

test("a URL with all its parts asks for what each of them says", () => {
  const asked = explorerQuery(
    {
      level: ["error"],
      q: "timeout",
      mode: "word",
      since: "-15m",
      until: "2026-11-20T11:59:00.123Z",
      meta: ["ne:user.id:42"],
      template: "GET <*>",
      without: ["rss <*>"],
    },
    now,
  );
  expect(asked).toEqual({
    filtered: true,
    queryError: null,
    query: {
      levels: ["error"],
      text: "timeout",
      mode: "word",
      time: { from: "2026-11-20T11:45:00.000Z", to: "2026-11-20T11:59:00.123Z" },
      metadata: [{ path: "user.id", op: "ne", value: "42" }],
      template: "GET <*>",
      without: ["rss <*>"],
    },
  });
});

test("a URL without a query keeps every row", () => {
  expect(explorerQuery(nothing, now)).toEqual({ filtered: false, queryError: null, query: everything });
});

test.each([
  [{ since: "yesterday" }, "since"],
  [{ until: "2026-13-01" }, "until"],
  [{ meta: ["eq:a..b:1"] }, "meta"],
  [{ meta: ["like:a:1"] }, "meta"],
  [{ q: "(", mode: "regex" }, "q"],
  [{ template: "x".repeat(2001) }, "template"],
] as const)("what cannot be read is named: %j", (wrong, part) => {
  const { queryError, filtered, query } = explorerQuery({ ...nothing, ...wrong }, now);
  expect(queryError?.part).toBe(part);
  expect(queryError?.message).not.toBe("");
  expect({ filtered, query }).toEqual({ filtered: false, query: everything });
});
