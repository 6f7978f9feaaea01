import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { writeAudit } from "@/lib/db/audit";
import { type BulkJobItem, bulkJobItems } from "@/lib/mongo/collections/bulk-jobs";
import { insertedBesideDuplicates, isMongoAway } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { runFilter } from "../list/filters";
import type { RunRowDocument } from "../rows";
import { act, needsNothing, type Outcome, readRun, wasActedOn } from "./act";
import { chosenRuns, nextBatch } from "./each-run";
import { type BulkItemState, bulkItemStates, mostRuns } from "./kinds";
import { type HeldJob, keepBulkJob, releaseBulkJob, writeAsHolder } from "./lease";
import { auditStart } from "./mutations";

/** Where a job stands; tests stop it there. */
export type BulkStep = "listed_batch" | "listed" | "begun" | "acted" | "settled";
export type OnStep = (step: BulkStep, runId?: string) => Promise<void> | void;

export interface BulkWork {
  signal: AbortSignal;
  /** The rights of whoever asked, as they are now; null when they have ended. */
  rights: () => Promise<WorkspaceScope | null>;
  onStep?: OnStep;
}

export type BulkEnd = "done" | "aborted" | "stopped" | "lost" | "released";

const itemsAtOnce = 50;

/**
 * Works a job to its end, from wherever an earlier worker left it. First its runs are listed, each once; then each is begun
 * with, acted on, and its outcome written, in this order, so that a worker who takes over knows what the lost one may have
 * done and never does it twice.
 */
export async function workOnBulkJob(job: HeldJob, work: BulkWork): Promise<BulkEnd> {
  const scope = await work.rights();
  if (!scope) throw new Error(`The job ${job._id} is worked on in nobody's name`);
  await auditStart(scope, job);
  if (job.state === "listing") {
    const end = await listRuns(scope, job, work);
    if (end) return end;
  }
  return actOnAll(scope, job, work);
}

async function listRuns(scope: WorkspaceScope, job: HeldJob, work: BulkWork): Promise<BulkEnd | null> {
  let key = job.cursor && { createdAt: job.cursor.createdAt, _id: job.cursor.runId };
  const filter = job.runIds ? null : runFilter.parse(job.filter);
  for (;;) {
    const state = await stateOf(scope, job, work);
    if (state !== "held") return endEarly(scope, job, state);
    const batch = filter
      ? await nextBatch(scope, filter, key)
      : { runs: await chosenRuns(scope, job.runIds ?? []), next: null };
    await storeItems(scope, job, batch.runs);
    await work.onStep?.("listed_batch");
    key = batch.next;
    const counts = await countItems(scope, job._id);
    const itemCount = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const cursor = key && { createdAt: key.createdAt, runId: key._id };
    const listed = { itemCount, counts, cursor };
    if (itemCount > mostRuns) {
      const message = `More than ${mostRuns.toLocaleString("en")} runs match. Nothing was done; narrow the filter.`;
      return finish(scope, job, "stopped", message);
    }
    const step = key ? listed : { ...listed, state: "acting" as const };
    if (!(await writeAsHolder(scope, job, step))) return "lost";
    if (!key) break;
  }
  await work.onStep?.("listed");
  return null;
}

/** What is listed again after a loss is there already. */
async function storeItems(scope: WorkspaceScope, job: HeldJob, runs: RunRowDocument[]): Promise<void> {
  if (runs.length === 0) return;
  const items = runs.map((run) => ({
    _id: `${job._id}:${run._id}`,
    workspaceId: scope.workspaceId,
    jobId: job._id,
    runId: run._id,
    workflowName: run.workflowName,
    runCreatedAt: run.createdAt,
    state: "waiting" as const,
    opSeq: null,
    message: null,
    newRunId: null,
    at: null,
  }));
  try {
    await scoped(scope).collection(bulkJobItems).insertMany(items, { ordered: false });
  } catch (error) {
    if (insertedBesideDuplicates(error) === null) throw error;
  }
}

async function actOnAll(scope: WorkspaceScope, job: HeldJob, work: BulkWork): Promise<BulkEnd> {
  // What a lost worker had begun with comes first.
  for (const state of ["begun", "waiting"] as const) {
    for (;;) {
      const items = await nextItems(scope, job._id, state);
      if (items.length === 0) break;
      const rights = await work.rights();
      if (!rights)
        return finish(scope, job, "stopped", "Whoever asked for this may no longer change runs here.");
      for (const item of items) {
        const held = await stateOf(scope, job, work);
        if (held !== "held") return endEarly(scope, job, held);
        await actOnOne(rights, job, item, work.onStep);
      }
      if (!(await writeAsHolder(scope, job, { counts: await countItems(scope, job._id) }))) return "lost";
    }
  }
  return finish(scope, job, "done", null);
}

async function actOnOne(
  scope: WorkspaceScope,
  { kind }: HeldJob,
  item: BulkJobItem & { _id: string },
  onStep: OnStep = () => {},
): Promise<void> {
  const run = await readRun(scope, item.runId);
  if (item.state === "begun" && wasActedOn(kind, item, run)) {
    return settle(scope, item, { state: "acted", message: "Done by a worker that ended right after." });
  }
  const nothing = needsNothing(kind, run);
  // A run that this job has run again stays as it was: begun means it may have a successor already.
  if (nothing && !(item.state === "begun" && kind === "rerun")) return settle(scope, item, nothing);
  const after = item.opSeq ?? run?.opSeqCounter ?? 0;
  if (item.state === "waiting" && !(await begin(scope, item, after))) return;
  await onStep("begun", item.runId);
  const outcome = await act(scope, kind, item, after).catch(failureOf);
  await onStep("acted", item.runId);
  await settle(scope, item, outcome);
  await onStep("settled", item.runId);
}

/** A store that is away is no outcome of a run: the job goes on from here when it is back. */
function failureOf(error: unknown): Outcome {
  if (isMongoAway(error)) throw error;
  return { state: "failed", message: "It could not be done. The run is as it was, or as its page shows it." };
}

async function begin(
  scope: WorkspaceScope,
  item: BulkJobItem & { _id: string },
  opSeq: number,
): Promise<boolean> {
  const { modifiedCount } = await scoped(scope)
    .collection(bulkJobItems)
    .updateOne({ _id: item._id, state: "waiting" }, { $set: { state: "begun", opSeq } });
  return modifiedCount > 0;
}

async function settle(
  scope: WorkspaceScope,
  item: BulkJobItem & { _id: string },
  { state, message, newRunId = "" }: Outcome,
): Promise<void> {
  await scoped(scope)
    .collection(bulkJobItems)
    .updateOne({ _id: item._id, state: { $in: ["waiting", "begun"] } }, [
      { $set: { state, message: { $literal: message }, newRunId: newRunId || null, at: "$$NOW" } },
    ]);
}

async function stateOf(scope: WorkspaceScope, job: HeldJob, { signal }: BulkWork) {
  if (signal.aborted) return "released" as const;
  return keepBulkJob(scope, job);
}

async function endEarly(
  scope: WorkspaceScope,
  job: HeldJob,
  state: "lost" | "aborted" | "released",
): Promise<BulkEnd> {
  if (state === "released") await releaseBulkJob(scope, job);
  if (state !== "aborted") return state;
  return finish(scope, job, "aborted", null);
}

/** What was not begun with is left alone and says so. */
async function finish(
  scope: WorkspaceScope,
  job: HeldJob,
  state: "done" | "aborted" | "stopped",
  message: string | null,
): Promise<BulkEnd> {
  if (state !== "done") {
    await scoped(scope)
      .collection(bulkJobItems)
      .updateMany({ jobId: job._id, state: "waiting" }, { $set: { state: "left" } });
  }
  const counts = await countItems(scope, job._id);
  const itemCount = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (!(await writeAsHolder(scope, job, { state, message, counts, itemCount }, { ends: true })))
    return "lost";
  await writeAudit(scope, {
    action: "run.bulk_end",
    resourceType: "bulk_job",
    resourceId: job._id,
    after: { state, ...counts },
    key: `bulk:${job._id}:end`,
  });
  return state;
}

function nextItems(scope: WorkspaceScope, jobId: string, state: BulkItemState) {
  return scoped(scope)
    .collection(bulkJobItems)
    .find({ jobId, state }, { sort: { runCreatedAt: -1, _id: -1 }, limit: itemsAtOnce, maxTimeMS: 10_000 })
    .toArray();
}

async function countItems(scope: WorkspaceScope, jobId: string): Promise<HeldJob["counts"]> {
  const counted = await scoped(scope)
    .collection(bulkJobItems)
    .aggregate<{ _id: BulkItemState; items: number | bigint }>(
      [{ $match: { jobId } }, { $group: { _id: "$state", items: { $sum: 1 } } }],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const counts = { waiting: 0, begun: 0, acted: 0, over: 0, refused: 0, failed: 0, left: 0 };
  for (const { _id, items } of counted) if (bulkItemStates.includes(_id)) counts[_id] = Number(items);
  return counts;
}
