import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { retryableFailures, retryWords, whyNotRetryTask } from "./retryable";

const tasks = [
  taskRowOf({ nodeId: "load" }),
  taskRowOf({ nodeId: "split", status: "failed", upstreamNodeIds: ["load"] }),
  taskRowOf({ nodeId: "stopped", status: "cancelled", upstreamNodeIds: ["load"] }),
  taskRowOf({ nodeId: "never", status: "cancelled", upstreamNodeIds: ["split"] }),
  taskRowOf({ nodeId: "behind", status: "skipped", upstreamNodeIds: ["split"] }),
];
const byNode = new Map(tasks.map((task) => [task.nodeId, task]));
const why = (nodeId: string) => {
  const task = byNode.get(nodeId);
  return task && whyNotRetryTask(task, byNode);
};

test("retry failed begins with what did not succeed though all before it had", () => {
  expect(retryableFailures(tasks).map(({ nodeId }) => nodeId)).toEqual(["split", "stopped"]);
});

test("a task is retried by itself once it is over and all before it have succeeded", () => {
  expect(why("load")).toBeNull();
  expect(why("split")).toBeNull();
  expect(why("behind")).toBe("Retry split first: this one runs again behind it.");
  expect(whyNotRetryTask(taskRowOf({ nodeId: "x", status: "running" }), byNode)).toBe("It is not over yet.");
});

test("tasks of which some were cancelled are not called failed", () => {
  expect(retryWords([{ status: "failed" }, { status: "failed" }])).toBe("Retry 2 failed tasks");
  expect(retryWords([{ status: "failed" }])).toBe("Retry 1 failed task");
  expect(retryWords([{ status: "failed" }, { status: "cancelled" }])).toBe("Retry 2 tasks");
});
