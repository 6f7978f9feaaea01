import { expect, test } from "vitest";
import type { RunPage } from "../schema";
import { packRunPage, unpackedRunPage } from "./packed";

const page: RunPage = {
  runs: [
    {
      id: "run-1",
      status: "failed",
      workflowId: "wf-1",
      workflowName: "rnaseq",
      versionNumber: 14,
      triggeredBy: "schedule",
      taskCounts: { pending: 0, queued: 0, running: 0, succeeded: 20, failed: 2, skipped: 1, cancelled: 0 },
      inputs: [{ kind: "dataset", id: "grasp", name: "robot-grasp", versionTag: "v12" }],
      startedAt: "2026-11-20T14:00:00.000Z",
      finishedAt: "2026-11-20T14:01:30.000Z",
      durationMs: 90_000,
      createdAt: "2026-11-20T13:59:59.500Z",
    },
    {
      id: "run-2",
      status: "queued",
      workflowId: "wf-1",
      workflowName: "rnaseq",
      versionNumber: 14,
      triggeredBy: "ines",
      taskCounts: { pending: 3, queued: 1, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 },
      inputs: [],
      startedAt: null,
      finishedAt: null,
      durationMs: null,
      createdAt: "2026-11-20T13:00:00.000Z",
    },
  ],
  older: "c",
  newer: null,
  searched: null,
  asOf: "2026-11-20T14:02:00.000Z",
};

test("a page is the same after its way to the browser", () => {
  const sent: unknown = JSON.parse(JSON.stringify(packRunPage(page)));
  expect(unpackedRunPage.parse(sent)).toEqual(page);
});

test("what is no page is refused", () => {
  expect(unpackedRunPage.safeParse({ ...page, runs: [["run-1", "exploded"]] }).success).toBe(false);
  expect(unpackedRunPage.safeParse(page).success).toBe(false);
});
