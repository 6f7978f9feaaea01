import { expect, test } from "vitest";
import { nextFind } from "./search-walk";

const hits = [500, 600, 700];

test("between hits that are known, the next one is there at once", () => {
  expect(nextFind(hits, { from: 550, direction: "forward", backTo: 400 })).toEqual({ kind: "hit", seq: 600 });
  expect(nextFind(hits, { from: 600, direction: "backward", backTo: 400 })).toEqual({
    kind: "hit",
    seq: 500,
  });
});

test("before what was looked at, nobody knows", () => {
  // A hit between 100 and 400 would come before 500.
  expect(nextFind(hits, { from: 100, direction: "forward", backTo: 400 })).toEqual({ kind: "unknown" });
  expect(nextFind(hits, { from: 500, direction: "backward", backTo: 400 })).toEqual({ kind: "unknown" });
});

test("there is none only where all was looked at", () => {
  expect(nextFind(hits, { from: 700, direction: "forward", backTo: 400 })).toEqual({ kind: "none" });
  expect(nextFind(hits, { from: 500, direction: "backward", backTo: 0 })).toEqual({ kind: "none" });
  expect(nextFind([], { from: 399, direction: "forward", backTo: 400 })).toEqual({ kind: "none" });
});
