import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { bulkJobsOf, byFilter, claim } from "@/lib/testing/bulk-jobs";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { newRunOf } from "@/lib/testing/run-documents";
import { createRuns } from "../create";
import { claimBulkJob } from "./lease";
import { abortBulk, startBulk } from "./mutations";
import { previewBulk } from "./preview";
import { getBulkJob, listBulkJobs } from "./queries";
import { stopWithoutRights } from "./stop";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let stranger: WorkspaceScope;
beforeEach(async () => {
  [scope, stranger] = await Promise.all([memberScope("editor"), memberScope("editor")]);
});

const { makeRuns, start, workOn, statusesOf, detailOf } = bulkJobsOf(() => scope);

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
