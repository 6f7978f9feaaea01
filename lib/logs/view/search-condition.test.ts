import { expect, test } from "vitest";
import { conditionOf, conditionText, typedCondition } from "./search-condition";

const meta = (path: string, op: string, value: string) => ({ kind: "meta", condition: { path, op, value } });

test.each([
  ["user.id:42", meta("user.id", "eq", "42")],
  ["user.id=42", meta("user.id", "eq", "42")],
  ["-user.id:42", meta("user.id", "ne", "42")],
  ["steps[0].name:fetch data", meta("steps[0].name", "eq", "fetch data")],
  ['source:"a b"', meta("source", "eq", "a b")],
  ["level:ERROR", { kind: "level", level: "error" }],
])("%s may be meant as a condition", (typed, wanted) => {
  expect(typedCondition(typed)).toEqual(wanted);
});

test.each(["timeout", "https://example.org/x", "14:02:11", "user.id:", ":42", "a..b:1", "two words: x"])(
  "%s is a text",
  (typed) => {
    expect(typedCondition(typed)).toBeNull();
  },
);

test("a condition and its text in the URL say the same, whatever stands in its value", () => {
  for (const value of ["plain", "with:colon", " spaced ", "<*>"]) {
    const condition = { path: '["a:key"].b', op: "ne", value } as const;
    expect(conditionOf(conditionText(condition))).toEqual(condition);
  }
  expect(conditionOf("eq")).toBeNull();
});
