import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { bulkJobsOf, byFilter, claim, Killed, killAt } from "@/lib/testing/bulk-jobs";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { overtaken } from "../control/refusal";
import { retryFailed, retryTasks } from "../control/retry-tasks";
import { claimBulkJob } from "./lease";
import type { BulkStep } from "./work";

testDatabase();
testMongo();

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("editor");
});

const { makeRuns, start, workOn, leaseEnds, statusesOf, detailOf } = bulkJobsOf(() => scope);

/** The retried task of a run has ended as before. */
async function failAgain(runId: string): Promise<void> {
  const store = scoped(scope);
  await store
    .collection(runTasks)
    .updateOne({ _id: `${runId}.load` }, { $set: { status: "failed", startedAt: new Date() } });
  await store.collection(workflowRuns).updateOne({ _id: runId }, { $set: { status: "failed" } });
}

describe("a worker that is killed", () => {
  test.each<[BulkStep, number]>([
    ["listed_batch", 1],
    ["listed", 1],
    ["begun", 2],
    ["acted", 2],
    ["settled", 2],
  ])("at %s is followed by one that finishes, and every run is cancelled once", async (step, nth) => {
    const ids = await makeRuns(["queued", "queued", "queued", "succeeded"]);
    const jobId = await start(byFilter("cancel"));
    await expect(workOn(await claim(jobId), { onStep: killAt(step, nth) })).rejects.toThrow(Killed);
    expect(await claimBulkJob(workerPlatformScope())).toBeNull();
    await leaseEnds(jobId);
    expect(await workOn(await claim(jobId))).toBe("done");
    expect(await statusesOf(ids)).toEqual(["cancelled", "cancelled", "cancelled", "succeeded"]);
    const runs = await scoped(scope)
      .collection(workflowRuns)
      .find({ _id: { $in: ids } }, { sort: { _id: 1 } })
      .toArray();
    expect(runs.map((run) => run.opSeqCounter).sort()).toEqual([0, 1, 1, 1]);
    expect((await detailOf(jobId))?.job).toMatchObject({ itemCount: 4, counts: { acted: 3, over: 1 } });
  });

  test("after a retry does not lead to a second one, also when the task has failed again meanwhile", async () => {
    const ids = await makeRuns(["failed"]);
    const jobId = await start(byFilter("retry_failed"));
    await expect(workOn(await claim(jobId), { onStep: killAt("acted") })).rejects.toThrow(Killed);
    const taskId = `${ids[0]}.load`;
    await failAgain(ids[0] ?? "");
    await leaseEnds(jobId);
    await workOn(await claim(jobId));
    const task = await scoped(scope).collection(runTasks).findOne({ _id: taskId });
    expect(task).toMatchObject({ status: "failed", attempt: 2 });
    expect((await detailOf(jobId))?.job.counts.acted).toBe(1);
  });

  test("after it ran a run again does not lead to a second new run", async () => {
    const ids = await makeRuns(["failed"]);
    const jobId = await start(byFilter("rerun"));
    await expect(workOn(await claim(jobId), { onStep: killAt("acted") })).rejects.toThrow(Killed);
    await leaseEnds(jobId);
    await workOn(await claim(jobId));
    const again = await scoped(scope)
      .collection(workflowRuns)
      .find({ retryOfRunId: ids[0] ?? "" }, { sort: { _id: 1 } })
      .toArray();
    expect(again).toHaveLength(1);
    const detail = await detailOf(jobId);
    expect(detail?.items[0]).toMatchObject({ state: "acted", newRunId: again[0]?._id });
  });
});

describe("a worker that pauses for longer than its lease", () => {
  /** Another worker does the work of a job while its first one is at `begun`; then the first goes on. */
  async function overtake(jobId: string, meanwhile: () => Promise<void>): Promise<unknown> {
    let paused = false;
    return workOn(await claim(jobId), {
      onStep: async (step) => {
        if (step !== "begun" || paused) return;
        paused = true;
        await leaseEnds(jobId);
        expect(await workOn(await claim(jobId))).toBe("done");
        await meanwhile();
      },
    });
  }

  test("retries nothing once more, although the task that was retried has failed again meanwhile", async () => {
    const [runId = ""] = await makeRuns(["failed"]);
    const jobId = await start(byFilter("retry_failed"));
    const end = await overtake(jobId, () => failAgain(runId));
    expect(end).toBe("lost");
    const task = await scoped(scope)
      .collection(runTasks)
      .findOne({ _id: `${runId}.load` });
    expect(task).toMatchObject({ status: "failed", attempt: 2 });
    expect((await detailOf(jobId))?.items).toMatchObject([{ state: "acted", message: null }]);
  });

  test("cancels nothing once more, although the run was retried meanwhile", async () => {
    const [runId = ""] = await makeRuns(["queued"]);
    const jobId = await start(byFilter("cancel"));
    const end = await overtake(jobId, async () => {
      expect(await retryTasks(scope, runId, [`${runId}.load`])).toMatchObject({ ok: true });
    });
    expect(end).toBe("lost");
    expect(await statusesOf([runId])).toEqual(["running"]);
    const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
    expect(run).toMatchObject({ opSeqCounter: 2, cancelRequestedAt: null, control: null });
  });
});

test("a run that a person acted on between is left as it is, and its item says so", async () => {
  const [runId = ""] = await makeRuns(["failed"]);
  const jobId = await start(byFilter("retry_failed"));
  await workOn(await claim(jobId), {
    onStep: async (step) => {
      if (step !== "begun") return;
      expect(await retryFailed(scope, runId)).toMatchObject({ ok: true });
      await failAgain(runId);
    },
  });
  const run = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  expect(run?.opSeqCounter).toBe(1);
  expect((await detailOf(jobId))?.items).toMatchObject([{ state: "refused", message: overtaken.message }]);
});

test("of two workers at once one has the job, and the one that was slow does nothing more", async () => {
  const ids = await makeRuns(["queued", "queued", "queued"]);
  const jobId = await start(byFilter("cancel"));
  const first = await claim(jobId);
  let next: Promise<unknown> = Promise.resolve();
  const outcome = await workOn(first, {
    onStep: async (step) => {
      if (step !== "listed") return;
      // It pauses for longer than its lease; another worker takes over and finishes.
      await leaseEnds(jobId);
      next = workOn(await claim(jobId));
      await next;
    },
  });
  expect([outcome, await next]).toEqual(["lost", "done"]);
  expect(await statusesOf(ids)).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect((await detailOf(jobId))?.job).toMatchObject({ state: "done", counts: { acted: 3 } });
});

test("a worker that is told to stop lets the job go for the next one", async () => {
  const ids = await makeRuns(["queued", "queued"]);
  const jobId = await start(byFilter("cancel"));
  const stop = new AbortController();
  const end = await workOn(await claim(jobId), {
    signal: stop.signal,
    onStep: (step) => {
      if (step === "settled") stop.abort();
    },
  });
  expect(end).toBe("released");
  expect(await workOn(await claim(jobId))).toBe("done");
  expect(await statusesOf(ids)).toEqual(["cancelled", "cancelled"]);
});
