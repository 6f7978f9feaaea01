import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor, timeCursor, toPage } from "@/lib/db/page";
import { type BulkJob, type BulkJobItem, bulkJobItems, bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { scoped } from "@/lib/mongo/scoped";
import type { BulkItemState } from "./kinds";
import { queryOfJob } from "./mutations";
import type { BulkItem, BulkJobDetail, BulkJobRow } from "./schema";

const jobsOfPage = 30;
const itemsOfPage = 100;
const patience = { maxTimeMS: 5_000 };

/** The jobs of a workspace, newest first. */
export async function listBulkJobs(
  scope: WorkspaceScope,
  cursor: string | null,
): Promise<{ jobs: BulkJobRow[]; next: string | null; asOf: string }> {
  const asOf = new Date().toISOString();
  const found = await scoped(scope)
    .collection(bulkJobs)
    .find(olderThan(cursor, "createdAt"), {
      projection: { runIds: 0 },
      sort: { createdAt: -1, _id: -1 },
      limit: jobsOfPage + 1,
      ...patience,
    })
    .toArray();
  const { rows, next } = toPage(found, jobsOfPage, ({ createdAt, _id }) => encodeCursor([createdAt, _id]));
  return { jobs: rows.map(toJobRow), next, asOf };
}

/** A job and a page of its runs, of one outcome or of all; null when there is none. */
export async function getBulkJob(
  scope: WorkspaceScope,
  jobId: string,
  { state, cursor }: { state: BulkItemState | null; cursor: string | null },
): Promise<BulkJobDetail | null> {
  const asOf = new Date().toISOString();
  const store = scoped(scope);
  const job = await store
    .collection(bulkJobs)
    .findOne({ _id: jobId }, { projection: { runIds: 0 }, ...patience });
  if (!job) return null;
  const found = await store
    .collection(bulkJobItems)
    .find(
      { jobId, ...(state && { state }), ...olderThan(cursor, "runCreatedAt") },
      { sort: { runCreatedAt: -1, _id: -1 }, limit: itemsOfPage + 1, ...patience },
    )
    .toArray();
  const { rows, next } = toPage(found, itemsOfPage, ({ runCreatedAt, _id }) =>
    encodeCursor([runCreatedAt, _id]),
  );
  return { job: toJobRow(job), items: rows.map(toItem), next, asOf };
}

function olderThan(cursor: string | null, field: "createdAt" | "runCreatedAt") {
  const key = decodeCursor(cursor, timeCursor);
  if (!key) return {};
  const [at, id] = key;
  return { [field]: { $lte: at }, $or: [{ [field]: { $lt: at } }, { _id: { $lt: id } }] };
}

function toJobRow(job: Omit<BulkJob, "runIds"> & { _id: string }): BulkJobRow {
  return {
    id: job._id,
    kind: job.kind,
    state: job.state,
    query: queryOfJob(job),
    requestedBy: job.requestedBy,
    expectedCount: job.expectedCount,
    itemCount: job.itemCount,
    counts: job.counts,
    aborting: job.abortRequestedAt !== null && job.finishedAt === null,
    message: job.message,
    frozenAt: job.frozenAt.toISOString(),
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}

function toItem({ runId, workflowName, state, message, newRunId, at }: BulkJobItem): BulkItem {
  return { runId, workflowName, state, message, newRunId, at: at?.toISOString() ?? null };
}
