import { expect, test } from "vitest";
import { lookOf, lookText, lookWith, type RunListLook, shownColumns, usualLook } from "./look";

test("a look survives its way through the cookie", () => {
  const look: RunListLook = { hidden: ["inputs", "by"], compact: true, size: 100 };
  expect(lookOf(lookText(look))).toEqual(look);
  expect(lookText(usualLook)).toBe("");
});

test("what is unknown in a cookie counts as no choice", () => {
  expect(lookOf(undefined)).toEqual(usualLook);
  expect(lookOf("hidden=status,workflow,nonsense&compact=yes&size=1000000")).toEqual(usualLook);
});

test("the columns of a view stand before one's own; density and page size stay one's own", () => {
  const own: RunListLook = { hidden: ["inputs", "by"], compact: true, size: 100 };
  const seen = lookWith(own, ["inputs", "run"]);
  expect(seen).toMatchObject({ compact: true, size: 100 });
  expect(shownColumns(seen)).toEqual(["run", "inputs"]);
  expect(shownColumns(lookWith(own, []))).toEqual([]);
  expect(lookWith(own, null)).toEqual(own);
});
