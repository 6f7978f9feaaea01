import { expect, test } from "vitest";
import { taskRowOf } from "@/lib/testing/task-rows";
import { differencesOf } from "./execution-differences";
import { executionsOf } from "./executions";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString();

test("two attempts are compared by what they were and how long they took", () => {
  const [before] = executionsOf(
    taskRowOf({
      nodeId: "load",
      status: "failed",
      errorMessage: "no space left\non device",
      workerId: "worker-1",
      queuedAt: at(0),
      startedAt: at(2),
      durationMs: 5_000,
    }),
    [],
  );
  const [after] = executionsOf(
    taskRowOf({
      nodeId: "load",
      status: "failed",
      errorMessage: "no space left\nfor part 7",
      workerId: "worker-2",
      queuedAt: at(10),
      startedAt: at(20),
      durationMs: 4_000,
    }),
    [],
  );
  if (!before || !after) throw new Error("A task always has one execution.");
  const differences = differencesOf(before, after, at(60));
  expect(differences.map(({ name, same, deltaMs }) => [name, same, deltaMs])).toEqual([
    ["Outcome", true, null],
    ["Error", true, null],
    ["Worker", false, null],
    ["Waited", false, 8_000],
    ["Ran", false, -1_000],
    ["Lost workers", true, null],
  ]);
});
