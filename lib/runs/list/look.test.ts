import { expect, test } from "vitest";
import { lookOf, lookText, type RunListLook, usualLook } from "./look";

test("a look survives its way through the cookie", () => {
  const look: RunListLook = { hidden: ["inputs", "by"], compact: true, size: 100 };
  expect(lookOf(lookText(look))).toEqual(look);
  expect(lookText(usualLook)).toBe("");
});

test("what is unknown in a cookie counts as no choice", () => {
  expect(lookOf(undefined)).toEqual(usualLook);
  expect(lookOf("hidden=status,workflow,nonsense&compact=yes&size=1000000")).toEqual(usualLook);
});
