import { expect, test } from "vitest";
import { chosenValues, narrows, withChoice } from "./facet-choice";

const node = (value: string) => ({ path: "node", value });

test("a value that is picked is asked for, left out, or neither", () => {
  const included = withChoice([], node("a:b"), "include");
  expect(included).toEqual(["eq:node:a:b"]);
  const excluded = withChoice(included ?? [], node("a:b"), "exclude");
  expect(excluded).toEqual(["ne:node:a:b"]);
  expect(withChoice(excluded ?? [], node("a:b"), null)).toBeNull();
});

test("other conditions stay as they are", () => {
  const meta = ["exists:node", "contains:node:a", "eq:user:a", "not a condition"];
  expect(withChoice(meta, node("a"), "include")).toEqual([...meta, "eq:node:a"]);
  expect(withChoice([...meta, "eq:node:a", "eq:node:b"], node("a"), null)).toEqual([...meta, "eq:node:b"]);
});

test("what a facet shows as picked is what the URL asks for", () => {
  const chosen = chosenValues(["eq:node:a", "ne:node:b", "eq:user:c", 'eq:["a.b"]:d', "like:x"], "node");
  expect([...chosen]).toEqual([
    ["a", "include"],
    ["b", "exclude"],
  ]);
  expect(narrows(chosen)).toBe(true);
  expect(narrows(chosenValues(["ne:node:b"], "node"))).toBe(false);
  expect([...chosenValues(['eq:["a.b"]:d'], '["a.b"]')]).toEqual([["d", "include"]]);
});
