import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { sortTasks, taskDurationMs } from "./task-sort";

const asOf = "2026-11-20T11:00:00.000Z";
const slow = taskRowOf({ nodeId: "slow", startedAt: "2026-11-20T10:00:00.000Z", durationMs: 900 });
const quick = taskRowOf({ nodeId: "quick", startedAt: "2026-11-20T10:30:00.000Z", durationMs: 5 });
const failed = taskRowOf({
  nodeId: "failed",
  status: "failed",
  startedAt: "2026-11-20T10:20:00.000Z",
  durationMs: 70,
});
const planned = taskRowOf({ nodeId: "planned", status: "pending" });
const tasks = [slow, planned, quick, failed];

test("by start, a task that never began is last in both directions", () => {
  expect(sortTasks(tasks, "start", false, asOf)).toEqual([slow, failed, quick, planned]);
  expect(sortTasks(tasks, "start", true, asOf)).toEqual([quick, failed, slow, planned]);
});

test("by status, what needs a look comes first", () => {
  expect(sortTasks(tasks, "status", false, asOf)).toEqual([failed, planned, slow, quick]);
});

test("by duration, longest first on request", () => {
  expect(sortTasks(tasks, "duration", true, asOf)).toEqual([slow, failed, quick, planned]);
});

test("sorting leaves the list it was given alone", () => {
  const before = [...tasks];
  sortTasks(tasks, "name", false, asOf);
  expect(tasks).toEqual(before);
});

test("a running task has lasted until the moment the page was read", () => {
  expect(
    taskDurationMs({ startedAt: "2026-11-20T10:59:00.000Z", finishedAt: null, durationMs: null }, asOf),
  ).toBe(60_000);
});
