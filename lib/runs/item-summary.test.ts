import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { itemSummary } from "./item-summary";
import type { TaskRow } from "./schema";

const asOf = "2026-11-20T11:00:00.000Z";

function summaryOf(...tasks: TaskRow[]) {
  const members = tasks.map((task) => task.nodeId);
  const item = { id: "box", stem: "box", mark: null, members, foldKey: null, x: 0, y: 0 };
  return itemSummary(item, new Map(tasks.map((task) => [task.nodeId, task])), asOf);
}

test("one task shows how long it took, and speaks its status as well", () => {
  const { words, spoken } = summaryOf(taskRowOf({ nodeId: "a", durationMs: 4_000 }));
  expect([words, spoken]).toEqual(["4 s", "succeeded, 4 s"]);
});

test("one failure among many decides how the box looks and what a press selects", () => {
  const bad = taskRowOf({ nodeId: "b", status: "failed" });
  const { status, words, spoken, lead } = summaryOf(
    taskRowOf({ nodeId: "a" }),
    bad,
    taskRowOf({ nodeId: "c" }),
  );
  expect({ status, words, spoken, lead }).toEqual({
    status: "failed",
    words: "1 of 3 failed",
    spoken: "2 succeeded, 1 failed",
    lead: bad,
  });
});

test("a box of done tasks says how many and how long one usually takes", () => {
  const tasks = [1_000, 5_000, 90_000].map((durationMs, index) =>
    taskRowOf({ nodeId: `n${index}`, durationMs }),
  );
  expect(summaryOf(...tasks).words).toBe("3 × 5 s");
});

test("a node whose task is not made yet is planned, not succeeded", () => {
  const item = { id: "n", stem: "n", mark: null, members: ["n"], foldKey: null, x: 0, y: 0 };
  expect(itemSummary(item, new Map(), asOf)).toEqual({
    status: "pending",
    words: "planned",
    spoken: "planned",
    lead: null,
  });
});
