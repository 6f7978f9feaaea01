import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { writeAudit } from "@/lib/db/audit";
import { type BulkJob, bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { runFilter } from "../list/filters";
import { paramsOf, runListQuery } from "../search-params";
import { frozenFilter } from "./freeze";
import { bulkKind } from "./kinds";
import type { BulkJobInput, StartBulkInput } from "./schema";

/** Clocks of servers may be this far apart. */
const slackMs = 60_000;
const oldestPreviewMs = 3_600_000;

/** Puts a job down for the workers. Nothing has been done to any run when it returns. */
export async function startBulk(scope: WorkspaceScope, input: StartBulkInput): Promise<MutationResult> {
  const { jobId, target, frozenAt, expectedCount } = input;
  if (scope.userId === null)
    return { ok: false, code: "forbidden", message: "Jobs over many runs are asked for by people." };
  if ((target.filter === null) === (target.runIds === null))
    return { ok: false, code: "bad_input", message: "Choose runs, or a filter, and not both." };
  const now = Date.now();
  if (frozenAt.getTime() > now + slackMs || frozenAt.getTime() < now - oldestPreviewMs)
    return { ok: false, code: "conflict", message: "This preview is old. Look at what it would do now." };
  const createdAt = new Date();
  const job: Omit<BulkJob, "workspaceId"> & { _id: string } = {
    _id: jobId,
    kind: target.kind,
    filter: target.filter && { ...frozenFilter(target.filter, frozenAt) },
    runIds: target.runIds && [...new Set(target.runIds)],
    frozenAt,
    requestedBy: scope.userId,
    expectedCount,
    state: "listing",
    cursor: null,
    itemCount: 0,
    counts: { waiting: 0, begun: 0, acted: 0, over: 0, refused: 0, failed: 0, left: 0 },
    leaseSeq: 0,
    leaseExpiresAt: null,
    abortRequestedAt: null,
    abortRequestedBy: null,
    message: null,
    startedAt: null,
    finishedAt: null,
    createdAt,
    updatedAt: createdAt,
  };
  try {
    await scoped(scope).collection(bulkJobs).insertOne(job);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // The same form sent twice; a job of another workspace answers like one that is not there.
    if (!(await findJob(scope, jobId)))
      return { ok: false, code: "conflict", message: "This form was used already. Open it again." };
  }
  // A worker writes the same entry before it acts, in case this process ends here.
  await auditStart(scope, job);
  return { ok: true, goTo: `/w/${scope.workspaceSlug}/runs/bulk/${jobId}` };
}

/** Asks a job to stop: the run it is at is finished, the rest is left alone. */
export async function abortBulk(scope: WorkspaceScope, { jobId }: BulkJobInput): Promise<MutationResult> {
  const { modifiedCount } = await scoped(scope)
    .collection(bulkJobs)
    .updateOne({ _id: jobId, state: { $in: ["listing", "acting"] }, abortRequestedAt: null }, [
      {
        $set: {
          abortRequestedAt: "$$NOW",
          abortRequestedBy: { $literal: scope.userId ?? scope.actor },
          updatedAt: "$$NOW",
        },
      },
    ]);
  const job = await findJob(scope, jobId);
  if (!job) return { ok: false, code: "not_found", message: "There is no such job in this workspace." };
  if (modifiedCount === 0 && job.abortRequestedAt === null)
    return { ok: false, code: "conflict", message: "The job is over: there is nothing left to stop." };
  await writeAudit(scope, {
    action: "run.abort_bulk",
    resourceType: "bulk_job",
    resourceId: jobId,
    key: `bulk:${jobId}:abort`,
  });
  return { ok: true, message: "The job stops after the run it is at. What is done stays done." };
}

/** Who asked for what, with the filter as it was frozen. */
export function auditStart(
  scope: WorkspaceScope,
  job: Pick<BulkJob, "kind" | "filter" | "runIds" | "expectedCount"> & { _id: string },
): Promise<void> {
  return writeAudit(scope, {
    action: `run.bulk_${job.kind}`,
    resourceType: "bulk_job",
    resourceId: job._id,
    after: {
      act: bulkKind[job.kind].name,
      runs: job.expectedCount,
      filter: queryOfJob(job),
      chosen: job.runIds?.length ?? null,
    },
    key: `bulk:${job._id}:start`,
  });
}

/** The frozen filter as the run list writes it in its URL. */
export function queryOfJob({ filter }: Pick<BulkJob, "filter">): string | null {
  const parsed = runFilter.safeParse(filter);
  return parsed.success ? runListQuery(paramsOf(parsed.data)) : null;
}

function findJob(scope: WorkspaceScope, jobId: string) {
  return scoped(scope)
    .collection(bulkJobs)
    .findOne({ _id: jobId }, { projection: { abortRequestedAt: 1, state: 1 } });
}
