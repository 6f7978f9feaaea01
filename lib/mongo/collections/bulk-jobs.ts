import { z } from "zod";
import { bulkItemStates, bulkJobStates, bulkKinds } from "@/lib/runs/bulk/kinds";
import { date, int32 } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";

const ours = { source: "strata", writeConcern: { w: "majority" }, readPreference: "primary" } as const;

/** What a person asked to be done to many runs: the intent, which runs, and how far it is. */
export const bulkJobs = defineCollection({
  ...ours,
  name: "bulk_jobs",
  retention: { kind: "forever" },
  schema: z.object({
    /** Made with the form, so that a double click makes one job. */
    _id: z.string(),
    workspaceId: z.string(),
    kind: z.enum(bulkKinds),
    /** The filter with its times as they were; null when runs were chosen one by one. */
    filter: z.record(z.string(), z.unknown()).nullable(),
    /** The runs that were chosen; null when there is a filter. */
    runIds: z.array(z.string()).nullable(),
    /** Runs made later are none of it, whenever the job is worked on. */
    frozenAt: date(),
    requestedBy: z.string(),
    /** Runs that the preview promised. */
    expectedCount: int32(),
    state: z.enum(bulkJobStates),
    /** How far the runs of the filter are listed. */
    cursor: z.object({ createdAt: date(), runId: z.string() }).nullable(),
    itemCount: int32(),
    counts: z.object(
      Object.fromEntries(bulkItemStates.map((state) => [state, int32()])) as Record<
        (typeof bulkItemStates)[number],
        ReturnType<typeof int32>
      >,
    ),
    /** +1 with each worker that takes the job: what an earlier one still writes changes nothing. */
    leaseSeq: int32(),
    leaseExpiresAt: date().nullable(),
    abortRequestedAt: date().nullable(),
    abortRequestedBy: z.string().nullable(),
    /** Why it ended before its end. */
    message: z.string().nullable(),
    startedAt: date().nullable(),
    finishedAt: date().nullable(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // the jobs of a workspace, newest first
    { name: "workspaceId_1_createdAt_-1__id_-1", key: { workspaceId: 1, createdAt: -1, _id: -1 } },
    // jobs of all workspaces that have something left to do
    { name: "state_1_createdAt_1", key: { state: 1, createdAt: 1 } },
  ],
});

/** One run of a bulk job, and what became of it. */
export const bulkJobItems = defineCollection({
  ...ours,
  name: "bulk_job_items",
  retention: { kind: "forever" },
  schema: z.object({
    /** `<job>:<run>`: a run is in a job once, however often it is listed. */
    _id: z.string(),
    workspaceId: z.string(),
    jobId: z.string(),
    runId: z.string(),
    workflowName: z.string(),
    runCreatedAt: date(),
    state: z.enum(bulkItemStates),
    /** Operations the run had seen when it was begun with: how a lost worker's successor learns whether it had acted. */
    opSeq: int32().nullable(),
    message: z.string().nullable(),
    newRunId: z.string().nullable(),
    at: date().nullable(),
  }),
  indexes: [
    // what is left to do, and the outcomes of one kind, newest run first
    {
      name: "workspaceId_1_jobId_1_state_1_runCreatedAt_-1__id_-1",
      key: { workspaceId: 1, jobId: 1, state: 1, runCreatedAt: -1, _id: -1 },
    },
    // all outcomes of a job, newest run first
    {
      name: "workspaceId_1_jobId_1_runCreatedAt_-1__id_-1",
      key: { workspaceId: 1, jobId: 1, runCreatedAt: -1, _id: -1 },
    },
  ],
});

export type BulkJob = DocumentOf<typeof bulkJobs>;
export type BulkJobItem = DocumentOf<typeof bulkJobItems>;
