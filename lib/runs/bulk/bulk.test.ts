import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { createRuns } from "../create";
import { everyRun, type RunFilter, runFilterOf } from "../list/filters";
import type { RunStatus } from "../status";
import type { BulkKind } from "./kinds";
import { claimBulkJob, type HeldJob } from "./lease";
import { abortBulk, startBulk } from "./mutations";
import { previewBulk } from "./preview";
import { getBulkJob, listBulkJobs } from "./queries";
import type { BulkTarget } from "./schema";
import { stopWithoutRights } from "./stop";
import { type BulkStep, type BulkWork, workOnBulkJob } from "./work";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let stranger: WorkspaceScope;
beforeEach(async () => {
  [scope, stranger] = await Promise.all([memberScope("editor"), memberScope("editor")]);
});

const never = new AbortController().signal;

async function makeRuns(statuses: RunStatus[], into = scope): Promise<string[]> {
  const ids = statuses.map(() => `run-${randomBytes(6).toString("hex")}`);
  const now = Date.now();
  await createRuns(
    into,
    statuses.map((status, index) => {
      const id = ids[index] ?? "";
      const over = status === "succeeded" || status === "failed" || status === "cancelled";
      const task = newTaskOf(id, "load", {
        executorType: "external",
        status: over ? status : "queued",
        ...(status === "failed" && { errorMessage: "no space left", startedAt: new Date(now), fence: 2 }),
      });
      return newRunOf(id, [task], {
        status,
        createdAt: new Date(now - index * 1000),
        failedTaskIds: status === "failed" ? [task._id] : [],
      });
    }),
  );
  return ids;
}

const allRuns: RunFilter = runFilterOf(everyRun);
const byFilter = (kind: BulkKind, filter: Partial<RunFilter> = {}): BulkTarget => ({
  kind,
  filter: { ...allRuns, ...filter },
  runIds: null,
});

async function start(target: BulkTarget, by = scope): Promise<string> {
  const { frozenAt, total } = await previewBulk(by, target);
  const jobId = randomUUID();
  const answer = await startBulk(by, { jobId, target, frozenAt: new Date(frozenAt), expectedCount: total });
  expect(answer).toMatchObject({ ok: true });
  return jobId;
}

async function claim(jobId: string): Promise<HeldJob> {
  for (let tries = 0; tries < 20; tries++) {
    const job = await claimBulkJob(workerPlatformScope());
    if (!job) break;
    if (job._id === jobId) return job;
  }
  throw new Error("The job is not free");
}

const workOn = (job: HeldJob, work: Partial<BulkWork> = {}) =>
  workOnBulkJob(job, { signal: never, rights: async () => scope, ...work });

async function statusesOf(runIds: string[]): Promise<(RunStatus | undefined)[]> {
  const found = await scoped(scope)
    .collection(workflowRuns)
    .find({ _id: { $in: runIds } }, { sort: { _id: 1 } })
    .toArray();
  return runIds.map((id) => found.find((run) => run._id === id)?.status);
}

const detailOf = (jobId: string) => getBulkJob(scope, jobId, { state: null, cursor: null });

/** A worker that ends at a step, as if killed: what follows in the code does not happen. */
class Killed extends Error {}
const killAt = (wanted: BulkStep, nth = 1) => {
  let seen = 0;
  return (step: BulkStep) => {
    if (step === wanted && ++seen === nth) throw new Killed(step);
  };
};
/** The time after which another worker may take over, at once. */
async function leaseEnds(jobId: string): Promise<void> {
  await scoped(scope)
    .collection(bulkJobs)
    .updateOne({ _id: jobId }, { $set: { leaseExpiresAt: new Date(0) } });
}

test("the preview counts every run by status and touches none", async () => {
  const ids = await makeRuns(["queued", "running", "failed", "failed", "succeeded", "cancelling"]);
  const preview = await previewBulk(scope, byFilter("cancel"));
  expect(preview).toMatchObject({
    total: 6,
    tooMany: false,
    byStatus: { queued: 1, running: 1, cancelling: 1, succeeded: 1, failed: 2, cancelled: 0 },
  });
  expect(preview.sample.map(({ status }) => status)).toEqual(["queued", "running"]);
  const [chosen] = ids;
  expect(await previewBulk(scope, { kind: "cancel", filter: null, runIds: [chosen ?? ""] })).toMatchObject({
    total: 1,
  });
  expect((await previewBulk(stranger, { kind: "cancel", filter: null, runIds: ids })).total).toBe(0);
});

describe("a job by filter", () => {
  test("cancels what it matches, leaves alone what is over, and says what became of each", async () => {
    const ids = await makeRuns(["queued", "queued", "succeeded", "failed"]);
    const jobId = await start(byFilter("cancel"));
    expect(await statusesOf(ids)).toEqual(["queued", "queued", "succeeded", "failed"]);
    expect(await workOn(await claim(jobId))).toBe("done");
    expect(await statusesOf(ids)).toEqual(["cancelled", "cancelled", "succeeded", "failed"]);
    const detail = await detailOf(jobId);
    expect(detail?.job).toMatchObject({
      state: "done",
      itemCount: 4,
      counts: { acted: 2, over: 2, waiting: 0 },
    });
    expect(detail?.items.map(({ state, message }) => [state, message])).toEqual([
      ["acted", null],
      ["acted", null],
      ["over", "The run has succeeded."],
      ["over", "The run has failed."],
    ]);
  });

  test("never reaches runs that were made after its preview", async () => {
    const before = await makeRuns(["queued"]);
    const target = byFilter("cancel", { since: "-1h" });
    const { frozenAt, total } = await previewBulk(scope, target);
    const later = newRunOf(`run-later-${randomBytes(4).toString("hex")}`, [], {
      createdAt: new Date(Date.parse(frozenAt) + 5),
    });
    await createRuns(scope, [later]);
    const jobId = randomUUID();
    await startBulk(scope, { jobId, target, frozenAt: new Date(frozenAt), expectedCount: total });
    await workOn(await claim(jobId));
    expect(await statusesOf([...before, later.run._id])).toEqual(["cancelled", "queued"]);
  });

  test("retries the failed tasks of failed runs in the same runs", async () => {
    const ids = await makeRuns(["failed", "succeeded"]);
    const jobId = await start(byFilter("retry_failed"));
    await workOn(await claim(jobId));
    const task = await scoped(scope)
      .collection(runTasks)
      .findOne({ _id: `${ids[0]}.load` });
    expect(task).toMatchObject({ status: "queued", attempt: 2 });
    expect((await detailOf(jobId))?.job.counts).toMatchObject({ acted: 1, over: 1 });
  });

  test("of another workspace is not there", async () => {
    await makeRuns(["queued"]);
    const jobId = await start(byFilter("cancel"));
    expect(await getBulkJob(stranger, jobId, { state: null, cursor: null })).toBeNull();
    expect((await listBulkJobs(stranger, null)).jobs).toEqual([]);
    expect(await abortBulk(stranger, { jobId })).toMatchObject({ ok: false, code: "not_found" });
    await workOn(await claim(jobId));
  });
});

describe("chosen runs", () => {
  test("are acted on one by one, and those of another workspace are not among them", async () => {
    const own = await makeRuns(["queued", "queued"]);
    const foreign = await makeRuns(["queued"], stranger);
    const jobId = await start({ kind: "cancel", filter: null, runIds: [own[0] ?? "", ...foreign] });
    await workOn(await claim(jobId));
    expect(await statusesOf(own)).toEqual(["cancelled", "queued"]);
    const untouched = await scoped(stranger)
      .collection(workflowRuns)
      .findOne({ _id: foreign[0] ?? "" });
    expect(untouched?.status).toBe("queued");
    expect((await detailOf(jobId))?.job.itemCount).toBe(1);
  });
});

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
    await scoped(scope)
      .collection(runTasks)
      .updateOne({ _id: taskId }, { $set: { status: "failed", startedAt: new Date() } });
    await scoped(scope)
      .collection(workflowRuns)
      .updateOne({ _id: ids[0] ?? "" }, { $set: { status: "failed" } });
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

test("a job that is aborted finishes the run it is at, and the rest says that nothing was done", async () => {
  const ids = await makeRuns(["queued", "queued", "queued"]);
  const jobId = await start(byFilter("cancel"));
  const end = await workOn(await claim(jobId), {
    onStep: async (step) => {
      if (step === "begun") expect(await abortBulk(scope, { jobId })).toMatchObject({ ok: true });
    },
  });
  expect(end).toBe("aborted");
  expect(await statusesOf(ids)).toEqual(["cancelled", "queued", "queued"]);
  const detail = await detailOf(jobId);
  expect(detail?.job).toMatchObject({ state: "aborted", counts: { acted: 1, left: 2 } });
  expect(await claimBulkJob(workerPlatformScope())).toBeNull();
  expect(await abortBulk(scope, { jobId })).toMatchObject({ ok: true });
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

test("a job ends when whoever asked for it may no longer change runs", async () => {
  const ids = await makeRuns(["queued", "queued"]);
  const jobId = await start(byFilter("cancel"));
  await stopWithoutRights(workerPlatformScope(), await claim(jobId));
  expect(await statusesOf(ids)).toEqual(["queued", "queued"]);
  expect((await detailOf(jobId))?.job).toMatchObject({ state: "stopped", message: /may no longer/ });
});

describe("asking", () => {
  test("twice with the same form makes one job", async () => {
    await makeRuns(["queued"]);
    const target = byFilter("cancel");
    const input = { jobId: randomUUID(), target, frozenAt: new Date(), expectedCount: 1 };
    expect(await startBulk(scope, input)).toMatchObject({ ok: true });
    expect(await startBulk(scope, input)).toMatchObject({ ok: true });
    expect((await listBulkJobs(scope, null)).jobs).toHaveLength(1);
    expect(await startBulk(stranger, input)).toMatchObject({ ok: false, code: "conflict" });
    await workOn(await claim(input.jobId));
  });

  test("with a preview of long ago, or of tomorrow, is refused", async () => {
    const input = { jobId: randomUUID(), target: byFilter("cancel"), expectedCount: 1 };
    for (const frozenAt of [new Date(0), new Date(Date.now() + 3_600_000)]) {
      expect(await startBulk(scope, { ...input, frozenAt })).toMatchObject({ ok: false, code: "conflict" });
    }
  });

  test("is in the trail with its filter, and so are its abort and its end", async () => {
    await makeRuns(["queued"]);
    const jobId = await start(byFilter("cancel", { statuses: ["queued"] }));
    const job = await claim(jobId);
    await abortBulk(scope, { jobId });
    await workOn(job);
    const trail = await listAuditOf(scope, { resourceType: "bulk_job", resourceId: jobId });
    expect(trail.map(({ action }) => action).sort()).toEqual([
      "run.abort_bulk",
      "run.bulk_cancel",
      "run.bulk_end",
    ]);
    const asked = trail.find(({ action }) => action === "run.bulk_cancel");
    expect(asked).toMatchObject({ actorId: scope.userId, after: { runs: 1, filter: /status=queued/ } });
  });

  test("a workspace lists its jobs, newest first", async () => {
    const workspace = await createWorkspace();
    const here = await memberScope("editor", workspace);
    await makeRuns(["queued"], here);
    const first = await start(byFilter("cancel"), here);
    const second = await start(byFilter("rerun"), here);
    const { jobs } = await listBulkJobs(here, null);
    expect(jobs.map(({ id }) => id)).toEqual([second, first]);
  });
});
