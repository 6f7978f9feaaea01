import { expect, test } from "vitest";
import { leadSentence } from "./lead-sentence";

const quiet = { needed: 0, inProgress: 0, succeeded: 0, ended: 0, windowWords: "the last 24 hours" };

test("what broke stands first, in words", () => {
  expect(leadSentence({ ...quiet, needed: 3, inProgress: 1, succeeded: 1238, ended: 1284 })).toEqual([
    "Three things need you.",
    "One run in progress, 1,238 of 1,284 succeeded in the last 24 hours.",
  ]);
});

test("a quiet workspace claims no success it did not have", () => {
  expect(leadSentence(quiet)).toEqual([
    "Nothing needs you.",
    "No run in progress, none ended in the last 24 hours.",
  ]);
});

test("all is said only when all succeeded", () => {
  expect(leadSentence({ ...quiet, succeeded: 8, ended: 8 })[1]).toContain(
    "all 8 ended runs of the last 24 hours succeeded",
  );
});
