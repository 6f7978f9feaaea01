import { randomBytes, randomUUID } from "node:crypto";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { BulkKind } from "@/lib/runs/bulk/kinds";
import { claimBulkJob, type HeldJob } from "@/lib/runs/bulk/lease";
import { startBulk } from "@/lib/runs/bulk/mutations";
import { previewBulk } from "@/lib/runs/bulk/preview";
import { getBulkJob } from "@/lib/runs/bulk/queries";
import type { BulkTarget } from "@/lib/runs/bulk/schema";
import { type BulkStep, type BulkWork, workOnBulkJob } from "@/lib/runs/bulk/work";
import { createRuns } from "@/lib/runs/create";
import { everyRun, type RunFilter, runFilterOf } from "@/lib/runs/list/filters";
import type { RunStatus } from "@/lib/runs/status";
import { newRunOf, newTaskOf } from "./run-documents";

/** A worker that ends at a step, as if killed: what follows in the code does not happen. */
export class Killed extends Error {}

export function killAt(wanted: BulkStep, nth = 1) {
  let seen = 0;
  return (step: BulkStep) => {
    if (step === wanted && ++seen === nth) throw new Killed(step);
  };
}

export const byFilter = (kind: BulkKind, filter: Partial<RunFilter> = {}): BulkTarget => ({
  kind,
  filter: { ...runFilterOf(everyRun), ...filter },
  runIds: null,
});

/** Takes just this job, as a worker does that finds it free. */
export async function claim(jobId: string): Promise<HeldJob> {
  for (let tries = 0; tries < 20; tries++) {
    const job = await claimBulkJob(workerPlatformScope());
    if (!job) break;
    if (job._id === jobId) return job;
  }
  throw new Error("The job is not free");
}

/** Bulk jobs of a workspace; a scope for each test, so it is asked for when it is needed. */
export function bulkJobsOf(scopeNow: () => WorkspaceScope) {
  const never = new AbortController().signal;
  return {
    /** Runs of one task each, the first of them the newest. */
    async makeRuns(statuses: RunStatus[], into = scopeNow()): Promise<string[]> {
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
            ...(status === "failed" && {
              errorMessage: "no space left",
              startedAt: new Date(now),
              fence: 2,
            }),
          });
          return newRunOf(id, [task], {
            status,
            createdAt: new Date(now - index * 1000),
            failedTaskIds: status === "failed" ? [task._id] : [],
          });
        }),
      );
      return ids;
    },

    async start(target: BulkTarget, by = scopeNow()): Promise<string> {
      const { frozenAt, total } = await previewBulk(by, target);
      const jobId = randomUUID();
      const input = { jobId, target, frozenAt: new Date(frozenAt), expectedCount: total };
      const answer = await startBulk(by, input);
      if (!answer.ok) throw new Error(answer.message);
      return jobId;
    },

    workOn(job: HeldJob, work: Partial<BulkWork> = {}) {
      const scope = scopeNow();
      return workOnBulkJob(job, { signal: never, rights: async () => scope, ...work });
    },

    /** The time after which another worker may take over, at once. */
    async leaseEnds(jobId: string): Promise<void> {
      await scoped(scopeNow())
        .collection(bulkJobs)
        .updateOne({ _id: jobId }, { $set: { leaseExpiresAt: new Date(0) } });
    },

    async statusesOf(runIds: string[]): Promise<(RunStatus | undefined)[]> {
      const found = await scoped(scopeNow())
        .collection(workflowRuns)
        .find({ _id: { $in: runIds } }, { sort: { _id: 1 } })
        .toArray();
      return runIds.map((id) => found.find((run) => run._id === id)?.status);
    },

    detailOf: (jobId: string) => getBulkJob(scopeNow(), jobId, { state: null, cursor: null }),
  };
}
