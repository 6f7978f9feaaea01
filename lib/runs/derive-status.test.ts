import { describe, expect, test } from "vitest";
import { completedTasks, countTasks, deriveStatus, noTasks } from "./derive-status";
import type { TaskCounts } from "./schema";
import { runStatus, taskStatus, taskStatuses } from "./status";

const counts = (some: Partial<TaskCounts>): TaskCounts => ({ ...noTasks(), ...some });
const calm = { status: "running" as const, control: null, cancelRequestedAt: null };
const asked = { ...calm, cancelRequestedAt: new Date(0) };

describe("a run", () => {
  test("waits in the queue until one of its tasks has started", () => {
    const queued = { ...calm, status: "queued" as const };
    expect(deriveStatus(counts({ queued: 1, pending: 3 }), queued)).toBe("queued");
    expect(deriveStatus(counts({ running: 1, pending: 3 }), queued)).toBe("running");
    expect(deriveStatus(counts({ succeeded: 1, queued: 1 }), queued)).toBe("running");
  });

  test("that has run does not go back to the queue between two tasks", () => {
    expect(deriveStatus(counts({ queued: 4 }), calm)).toBe("running");
  });

  test("ends well only if every task did", () => {
    expect(deriveStatus(counts({ succeeded: 5 }), calm)).toBe("succeeded");
    expect(deriveStatus(counts({ succeeded: 4, failed: 1 }), calm)).toBe("failed");
    expect(deriveStatus(counts({ succeeded: 4, skipped: 1 }), calm)).toBe("failed");
    expect(deriveStatus(counts({ succeeded: 4, cancelled: 1 }), calm)).toBe("cancelled");
    expect(deriveStatus(counts({ failed: 1, cancelled: 1 }), calm)).toBe("failed");
  });

  test("that is to be cancelled is being cancelled while a task is left, and cancelled then, whatever the tasks did", () => {
    expect(deriveStatus(counts({ running: 1, cancelled: 3 }), asked)).toBe("cancelling");
    expect(deriveStatus(counts({ succeeded: 2, failed: 1, cancelled: 3 }), asked)).toBe("cancelled");
    expect(deriveStatus(counts({ succeeded: 6 }), asked)).toBe("cancelled");
  });

  test("is not final while an operation on it is under way", () => {
    const control = { kind: "retry" };
    expect(deriveStatus(counts({ succeeded: 3 }), { ...calm, control })).toBe("running");
    expect(deriveStatus(counts({ succeeded: 3 }), { ...asked, control })).toBe("cancelling");
  });

  test("is final exactly when no task is left to do", () => {
    for (const status of taskStatuses) {
      const derived = deriveStatus(counts({ [status]: 1 }), calm);
      expect(runStatus[derived].final, status).toBe(taskStatus[status].final);
    }
  });
});

test("counts sum to the number of tasks, completed ones to those that are final", () => {
  const tasks = [...taskStatuses, ...taskStatuses].map((status) => ({ status }));
  const counted = countTasks(tasks);
  expect(Object.values(counted).reduce((sum, count) => sum + count, 0)).toBe(tasks.length);
  expect(completedTasks(counted)).toBe(8);
});
