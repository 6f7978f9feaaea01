import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { describeFailure, failuresInOrder, firstOfInterest } from "./failure-order";
import { adjacencyOf } from "./graph-paths";

const first = taskRowOf({
  nodeId: "late-start",
  status: "failed",
  startedAt: "2026-11-20T10:05:00Z",
  finishedAt: "2026-11-20T10:06:00Z",
});
const second = taskRowOf({
  nodeId: "early-start",
  status: "failed",
  startedAt: "2026-11-20T10:00:00Z",
  finishedAt: "2026-11-20T10:09:00Z",
});
const unknown = taskRowOf({ nodeId: "no-times", status: "failed" });
const fine = taskRowOf({ nodeId: "fine" });

test("failures come in the order they happened, one without a time last", () => {
  expect(failuresInOrder([unknown, second, fine, first])).toEqual([first, second, unknown]);
});

test("a run opens on its first failure, not on its first task", () => {
  expect(firstOfInterest([fine, second, first])).toBe(first);
});

test("a run without failures opens on what runs now", () => {
  const running = taskRowOf({ nodeId: "running", status: "running" });
  expect(firstOfInterest([fine, running])).toBe(running);
});

test("a run without tasks has nothing to open on", () => {
  expect(firstOfInterest([])).toBeNull();
});

test("what waits and what was skipped behind a failure are told apart, near and far", () => {
  const { down } = adjacencyOf([
    { from: "align", to: "sort" },
    { from: "align", to: "count" },
    { from: "sort", to: "report" },
    { from: "other", to: "report" },
  ]);
  const tasks = [
    taskRowOf({ nodeId: "align", status: "failed", errorMessage: "\nOut of memory.\n  at x" }),
    taskRowOf({ nodeId: "sort", status: "skipped" }),
    taskRowOf({ nodeId: "count", status: "succeeded" }),
    taskRowOf({ nodeId: "report", status: "pending" }),
  ];
  const notice = describeFailure(tasks[0] ?? fine, down, new Map(tasks.map((task) => [task.nodeId, task])));
  expect(notice).toEqual({
    name: "align",
    cause: "Out of memory",
    consequence: "1 task behind it was skipped, 1 task waits on it.",
  });
});

test("a failure that stops nothing says so", () => {
  expect(describeFailure(unknown, new Map(), new Map()).consequence).toBe("Nothing waits on it.");
});
