import { expect, test } from "vitest";
import { livePage } from "./live-page";
import type { RunPage, RunRow } from "./schema";
import type { RunStatus } from "./status";

function run(hour: number, status: RunStatus = "succeeded"): RunRow {
  return {
    id: `run-${hour}`,
    status,
    workflowId: "w",
    workflowName: "bwa",
    versionNumber: 1,
    triggeredBy: "import",
    taskCounts: { pending: 0, queued: 0, running: 0, succeeded: 1, failed: 0, skipped: 0, cancelled: 0 },
    inputs: [],
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    createdAt: `2026-11-20T${String(hour).padStart(2, "0")}:00:00.000Z`,
  };
}

function page(runs: RunRow[], older: string | null = null): RunPage {
  return { runs, older, newer: null, searched: null, asOf: "2026-11-20T14:00:00.000Z" };
}

const idsOf = (rows: { run: RunRow }[]) => rows.map((row) => row.run.id);

test("a row shows its status of now in the place where it was", () => {
  const live = livePage(page([run(3), run(2, "running"), run(1)]), page([run(3), run(2, "failed"), run(1)]));
  expect(idsOf(live.rows)).toEqual(["run-3", "run-2", "run-1"]);
  expect(live.rows[1]?.run.status).toBe("failed");
});

test("new runs are counted, never inserted", () => {
  const live = livePage(page([run(2), run(1)]), page([run(4), run(3), run(2), run(1)]));
  expect(live.newRuns).toBe(2);
  expect(idsOf(live.rows)).toEqual(["run-2", "run-1"]);
});

test("a run that stopped matching the filter stays in its place and is marked", () => {
  const live = livePage(page([run(2, "running"), run(1, "running")]), page([run(1, "running")]));
  expect(live.rows.map((row) => row.left)).toEqual([true, false]);
});

test("a run that new ones pushed off the page is not taken for one that stopped matching", () => {
  const live = livePage(page([run(2), run(1)], "older"), page([run(3), run(2)], "older"));
  expect(live.rows.map((row) => row.left)).toEqual([false, false]);
});

test("the first run of an empty list counts as new", () => {
  expect(livePage(page([]), page([run(1)])).newRuns).toBe(1);
});
