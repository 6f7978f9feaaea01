import { expect, test } from "vitest";
import { actWords, eventWords } from "./event-words";
import type { RunAct } from "./past-schema";

const at = "2026-01-01T12:00:00.000Z";
const ofTask = { key: "k", at, taskId: "t1", nodeId: "load", attempt: 1 };
const act: RunAct = {
  id: "a",
  at,
  action: "run.retry_tasks",
  actor: "user",
  person: "Ines Okafor",
  reason: null,
  taskIds: ["t1", "t2"],
};

test("an end says how long it took, and what the tool said first", () => {
  const ended = { ...ofTask, kind: "ended", durationMs: 65_000, errorMessage: "no space\nleft" } as const;
  expect(eventWords({ ...ended, status: "failed" })).toMatchObject({
    text: "failed",
    note: "after 1 min 05 s, no space",
    tone: "fail",
  });
});

test("a start after a lost worker says so, and warns", () => {
  const started = { ...ofTask, kind: "started", workerId: "worker-2", stalls: 2 } as const;
  expect(eventWords(started)).toMatchObject({
    text: "started again",
    note: "on worker-2, its worker was lost 2 times before",
    tone: "warn",
  });
});

test("acts name the person and how much it was; without a name, in which way it was done", () => {
  expect(actWords(act)).toBe("Ines Okafor retried 2 tasks");
  expect(actWords({ ...act, person: null })).toBe("Somebody retried 2 tasks");
  expect(actWords({ ...act, actor: "token", person: null, action: "run.cancel" })).toBe(
    "A program with an API token cancelled the run",
  );
  expect(actWords({ ...act, action: "run.repaint" })).toBe("Ines Okafor run.repaint");
});
