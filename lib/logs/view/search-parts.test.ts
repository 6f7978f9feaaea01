import { expect, test } from "vitest";
import { queryParts, withCondition } from "./search-parts";

const params = {
  level: ["error", "fatal"],
  q: "timeout",
  mode: "text",
  since: null,
  until: null,
  meta: ["eq:user.id:42", "exists:trace"],
  template: "GET <*>",
  without: ["Heartbeat <*>", "rss <*>"],
} as const;

test("every condition of a query is a chip in words", () => {
  const words = queryParts(params).map(({ name, op, value }) => `${name} ${op} ${value}`.trim());
  expect(words).toEqual([
    "level is error or fatal",
    "user.id is 42",
    "trace is there",
    "template is GET <*>",
    "template is not Heartbeat <*>",
    "template is not rss <*>",
  ]);
});

test("a chip takes its own part away and leaves the others", () => {
  expect(queryParts(params).map(({ rest }) => rest)).toEqual([
    { level: [] },
    { meta: ["exists:trace"] },
    { meta: ["eq:user.id:42"] },
    { template: null },
    { without: ["rss <*>"] },
    { without: ["Heartbeat <*>"] },
  ]);
});

test("what is no condition is shown as it stands, so that it can be removed", () => {
  const [chip] = queryParts({ ...params, level: [], meta: ["nonsense"] });
  expect(chip).toMatchObject({ value: "nonsense", rest: { meta: [] } });
});

test("a condition is there once, and a changed one keeps its place", () => {
  const condition = { path: "user.id", op: "eq", value: "42" } as const;
  expect(withCondition(params.meta, condition)).toEqual(["eq:user.id:42", "exists:trace"]);
  expect(withCondition(params.meta, { ...condition, op: "ne" }, "eq:user.id:42")).toEqual([
    "ne:user.id:42",
    "exists:trace",
  ]);
});
