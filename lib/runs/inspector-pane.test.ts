import { expect, test } from "vitest";
import { narrowest, paneOf, paneText, usualPane, widest } from "./inspector-pane";

test.each([
  { share: 45, closed: false },
  { share: 30, closed: false },
  { share: 62, closed: true },
])("%o is read as it was written", (pane) => {
  expect(paneOf(paneText(pane))).toEqual(pane);
});

test("nothing is kept of what nobody chose", () => {
  expect(paneText(usualPane)).toBe("");
  expect(paneOf(undefined)).toEqual(usualPane);
});

test("no cookie makes a pane that cannot be used", () => {
  expect(paneOf("share=99").share).toBe(widest);
  expect(paneOf("share=1").share).toBe(narrowest);
  expect(paneOf("share=wide&closed=perhaps")).toEqual(usualPane);
});
