import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { taskReason } from "./task-reason";

const asOf = "2026-11-20T11:00:00.000Z";
const done = taskRowOf({ nodeId: "trim" });
const open = ["align_1", "align_2", "align_3", "align_4"].map((nodeId) =>
  taskRowOf({ nodeId, status: "running" }),
);

test("a pending task names what it waits for, and not what is done", () => {
  const task = taskRowOf({ nodeId: "merge", status: "pending" });
  expect(taskReason(task, [done, ...open.slice(0, 2)], asOf)).toBe("Waits for align 1 and align 2.");
});

test("many names are counted", () => {
  const task = taskRowOf({ nodeId: "merge", status: "pending" });
  expect(taskReason(task, open, asOf)).toBe("Waits for align 1, align 2, align 3 and 1 more.");
});

test("a queued task says for what and since when it waits", () => {
  const task = taskRowOf({
    nodeId: "a",
    status: "queued",
    executorType: "gpu",
    queuedAt: "2026-11-20T10:58:00.000Z",
  });
  expect(taskReason(task, [], asOf)).toBe("Waits for a free gpu worker, 2 min 00 s so far.");
});

test("a failed task says what the tool said, in one line, and how often it was tried", () => {
  const task = taskRowOf({
    nodeId: "a",
    status: "failed",
    attempt: 3,
    errorMessage: "\nOut of memory\n  at sort()",
  });
  expect(taskReason(task, [], asOf)).toBe("Out of memory (attempt 3)");
});

test("a skipped task names the upstream without a result", () => {
  const task = taskRowOf({ nodeId: "a", status: "skipped" });
  expect(taskReason(task, [done, taskRowOf({ nodeId: "bad", status: "failed" })], asOf)).toBe(
    "Never ran: bad has no result.",
  );
});

test("a cached result is not called a run", () => {
  expect(taskReason(taskRowOf({ nodeId: "a", cacheHit: true, durationMs: 3 }), [], asOf)).toContain("cache");
});

test("a task cancelled in the queue is told from one that was stopped", () => {
  const stopped = { status: "cancelled", startedAt: "2026-11-20T10:00:00.000Z", durationMs: 5_000 } as const;
  expect(taskReason(taskRowOf({ nodeId: "a", status: "cancelled" }), [], asOf)).toBe(
    "Cancelled before it began.",
  );
  expect(taskReason(taskRowOf({ nodeId: "a", ...stopped }), [], asOf)).toBe("Cancelled after 5 s.");
});
