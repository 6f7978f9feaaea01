import { z } from "zod";
import { runStatuses, taskStatuses } from "@/lib/runs/status";
import { binary, date, int32, number } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { emboflowCollection } from "./emboflow-fields";
import { runtimeGraph } from "./workflows";

/** What a person chose as input. Name and version are those of that moment: a list needs no join, and later versions change nothing. */
const inputBinding = z.object({
  kind: z.enum(["asset", "dataset"]),
  id: z.string(),
  versionId: z.string().optional(),
  versionTag: z.string().optional(),
  name: z.string().optional(),
});
export type InputBinding = z.infer<typeof inputBinding>;

/** Nodes of a large graph are deflated JSON in `packed`: see lib/runs/snapshot.ts, which reads and writes both. */
const runtimeSnapshot = runtimeGraph.extend({ packed: binary().optional() });
export type RuntimeSnapshot = z.infer<typeof runtimeSnapshot>;

export const workflowRuns = defineCollection({
  ...emboflowCollection,
  name: "workflow_runs",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workflowDefinitionId: z.string(),
    workflowVersionId: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    triggeredBy: z.string(),
    status: z.enum(runStatuses),
    /** Frozen copy of the version's runtime graph; never changes after insert. */
    runtimeSnapshot,
    /** Name and version number as they were when the run was made: a list needs no join. */
    workflowName: z.string(),
    workflowVersionNumber: int32(),
    inputBindings: z.array(inputBinding),
    assetIds: z.array(z.string()),
    datasetIds: z.array(z.string()),
    /** Tasks by status; always sums to the number of tasks. */
    taskCounts: z.object(
      Object.fromEntries(taskStatuses.map((status) => [status, int32()])) as Record<
        (typeof taskStatuses)[number],
        ReturnType<typeof int32>
      >,
    ),
    completedTaskCount: int32(),
    artifactCount: int32(),
    stdoutLineCount: int32(),
    stderrLineCount: int32(),
    failedTaskIds: z.array(z.string()),
    summary: z.record(z.string(), z.unknown()),
    /** Bumped by every aggregation of task states onto the run; an older aggregate cannot overwrite a newer one. */
    aggSeq: int32(),
    /** Numbers the cancel and retry operations of this run. */
    opSeqCounter: int32(),
    /** The one operation in flight, or null; the intent that a crash leaves behind to be finished. */
    control: z
      .object({
        kind: z.enum(["cancel", "retry"]),
        seq: int32(),
        by: z.string(),
        expiresAt: date(),
        /** Of a retry: the tasks that are reset, those to run again by themselves first. */
        targets: z.array(z.string()).optional(),
      })
      .nullable(),
    cancelRequestedAt: date().nullable(),
    retryOfRunId: z.string().nullable(),
    /** Names the request that made the run: sent twice, it makes one run. */
    idempotencyKey: z.string().optional(),
    /** Of what that request asked for: the same key with another wish is refused. */
    requestFingerprint: z.string().optional(),
    /** Who asked for it, until that is in the trail. */
    untold: z
      .object({
        actor: z.enum(["user", "token", "worker", "command"]),
        actorId: z.string().nullable(),
        at: date(),
      })
      .optional(),
    startedAt: date().nullable(),
    finishedAt: date().nullable(),
    durationMs: number().nullable(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // the run list of a workspace, newest first, by keyset
    { name: "workspaceId_1_createdAt_-1__id_-1", key: { workspaceId: 1, createdAt: -1, _id: -1 } },
    // the same with a status filter
    {
      name: "workspaceId_1_status_1_createdAt_-1__id_-1",
      key: { workspaceId: 1, status: 1, createdAt: -1, _id: -1 },
    },
    // runs of a project, newest first
    { name: "projectId_1_createdAt_-1__id_-1", key: { projectId: 1, createdAt: -1, _id: -1 } },
    // runs of a project with a status filter
    {
      name: "projectId_1_status_1_createdAt_-1__id_-1",
      key: { projectId: 1, status: 1, createdAt: -1, _id: -1 },
    },
    // runs of all workspaces that are not over and were last brought up to date long ago; the filter names the status
    { name: "status_1_updatedAt_1", key: { status: 1, updatedAt: 1 } },
    // one run for each request to start one
    {
      name: "workspaceId_1_idempotencyKey_1",
      key: { workspaceId: 1, idempotencyKey: 1 },
      unique: true,
      partialFilterExpression: { idempotencyKey: { $exists: true } },
    },
    // operations whose driver was lost
    { name: "control.expiresAt_1", key: { "control.expiresAt": 1 } },
    // runs that somebody started and that are not in the trail yet
    {
      name: "untold.at_1",
      key: { "untold.at": 1 },
      partialFilterExpression: { "untold.at": { $exists: true } },
    },
    // runs of a workflow by status: comparison, regression, unresolved failures
    { name: "workflowDefinitionId_1_status_1", key: { workflowDefinitionId: 1, status: 1 } },
    // the run list of one workflow, newest first
    {
      name: "workspaceId_1_workflowDefinitionId_1_createdAt_-1__id_-1",
      key: { workspaceId: 1, workflowDefinitionId: 1, createdAt: -1, _id: -1 },
    },
    // the same with a status filter; the last success of a workflow that failed
    {
      name: "workspaceId_1_workflowDefinitionId_1_status_1_createdAt_-1__id_-1",
      key: { workspaceId: 1, workflowDefinitionId: 1, status: 1, createdAt: -1, _id: -1 },
    },
    // the runs that were bound to an asset or a dataset, newest first
    {
      name: "workspaceId_1_inputBindings.id_1_createdAt_-1__id_-1",
      key: { workspaceId: 1, "inputBindings.id": 1, createdAt: -1, _id: -1 },
    },
    // whether anything has happened in a workspace since a list was read
    { name: "workspaceId_1_updatedAt_-1", key: { workspaceId: 1, updatedAt: -1 } },
  ],
});

/** What an attempt of a task came to, as it was when the task was reset. */
const attemptStory = z.object({
  attempt: int32(),
  fence: int32(),
  status: z.enum(taskStatuses),
  workerId: z.string().nullable(),
  deliveries: int32(),
  stalls: int32(),
  outputArtifactIds: z.array(z.string()),
  logRef: z.string().nullable(),
  stdoutCount: int32(),
  stderrCount: int32(),
  /** Bounded tail of the log, as on the task. */
  logLines: z.array(z.string()),
  errorMessage: z.string().nullable(),
  skipReason: z.object({ upstream: z.array(z.string()) }).nullable(),
  lastResultPreview: z.record(z.string(), z.unknown()).nullable(),
  summary: z.record(z.string(), z.unknown()),
  queuedAt: date().nullable(),
  startedAt: date().nullable(),
  finishedAt: date().nullable(),
  durationMs: number().nullable(),
  /** Number of the operation on the run that reset the task. */
  opSeq: int32(),
  archivedAt: date(),
});
export type AttemptStory = z.infer<typeof attemptStory>;

export const runTasks = defineCollection({
  ...emboflowCollection,
  name: "run_tasks",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    workflowRunId: z.string(),
    workflowVersionId: z.string(),
    nodeId: z.string(),
    nodeName: z.string(),
    nodeType: z.string(),
    nodeDefinitionId: z.string(),
    executorType: z.string(),
    /** For an imported task: machines, command, bytes read and written as the source file states them. */
    executorConfig: z.record(z.string(), z.unknown()),
    codeHookSpec: z.record(z.string(), z.unknown()).nullable(),
    artifactType: z.string().nullable(),
    artifactTitle: z.string().nullable(),
    status: z.enum(taskStatuses),
    /** 1 + retries asked for by people; a redelivery after a lost lease does not count. */
    attempt: int32(),
    /** What it works on: as bound when the run was made, then what upstream set operations left of it. */
    assetIds: z.array(z.string()),
    /** The assets of before, once a set operation narrowed them; a retry starts from these again. */
    boundAssetIds: z.array(z.string()).optional(),
    /** The datasets among the chosen inputs of the run. */
    datasetIds: z.array(z.string()).optional(),
    upstreamNodeIds: z.array(z.string()),
    outputArtifactIds: z.array(z.string()),
    /** The assets that what comes behind works on, where the task chose others than its own. */
    outputAssetIds: z.array(z.string()).optional(),
    /** The episode that holds this attempt's log, or null when it wrote none. */
    logRef: z.string().nullable(),
    cacheKey: z.string().nullable(),
    cacheHit: z.boolean(),
    /** Bounded tail of the log; the whole lies behind `logRef`. */
    logLines: z.array(z.string()),
    stdoutLines: z.array(z.string()),
    stderrLines: z.array(z.string()),
    stdoutCount: int32(),
    stderrCount: int32(),
    /** How far its log is in the counts and tails: a batch that is sent twice is counted once. */
    logCounted: z.object({ logRef: z.string(), through: number() }).optional(),
    errorMessage: z.string().nullable(),
    summary: z.record(z.string(), z.unknown()),
    lastResultPreview: z.record(z.string(), z.unknown()).nullable(),
    /** +1 on every change of status: the token a worker holds; an older one can change nothing. */
    fence: int32(),
    /** The fence of the accepted completion: how a worker whose answer was lost learns that it landed. */
    completedFence: int32().optional(),
    opSeq: int32(),
    hold: z.string().nullable(),
    /** Since when it has been waiting for its run to be stored; gone when the task is let go. */
    heldSince: date().optional(),
    /** The attempt that a reset ended, kept by the same write until it lies among the attempts. */
    ended: attemptStory.optional(),
    deliveries: int32(),
    stalls: int32(),
    priority: int32(),
    workerId: z.string().nullable(),
    leaseExpiresAt: date().nullable(),
    heartbeatAt: date().nullable(),
    cancelRequestedAt: date().nullable(),
    skipReason: z.object({ upstream: z.array(z.string()) }).nullable(),
    queuedAt: date().nullable(),
    startedAt: date().nullable(),
    finishedAt: date().nullable(),
    durationMs: number().nullable(),
    createdAt: date(),
    /** Of its last change of status, by the database's clock. */
    changedAt: date().optional(),
  }),
  indexes: [
    // one task per node of a run; the run page reads all tasks of a run
    { name: "workflowRunId_1_nodeId_1", key: { workflowRunId: 1, nodeId: 1 }, unique: true },
    // counts by status of one run; its failed tasks
    { name: "workflowRunId_1_status_1", key: { workflowRunId: 1, status: 1 } },
    // what changed in a run since somebody last looked
    { name: "workflowRunId_1_changedAt_1", key: { workflowRunId: 1, changedAt: 1 } },
    // the claim of a worker
    {
      name: "status_1_executorType_1_priority_-1_queuedAt_1__id_1",
      key: { status: 1, executorType: 1, priority: -1, queuedAt: 1, _id: 1 },
      partialFilterExpression: { status: "queued" },
    },
    // running tasks that were told to stop, longest ago first
    {
      name: "cancelRequestedAt_1",
      key: { cancelRequestedAt: 1 },
      partialFilterExpression: { status: "running" },
    },
    // lost leases
    {
      name: "leaseExpiresAt_1",
      key: { leaseExpiresAt: 1 },
      partialFilterExpression: { status: "running" },
    },
    // failed tasks of a workspace, the latest first: groups of errors
    {
      name: "workspaceId_1_status_1_finishedAt_-1",
      key: { workspaceId: 1, status: 1, finishedAt: -1 },
      partialFilterExpression: { status: "failed" },
    },
    // whose result a task took from the cache: the last success under its key; what is under way is not in it
    {
      name: "workspaceId_1_cacheKey_1_finishedAt_-1",
      key: { workspaceId: 1, cacheKey: 1, finishedAt: -1 },
      partialFilterExpression: { status: "succeeded" },
    },
    // tasks that have waited long for their run to be stored
    {
      name: "heldSince_1",
      key: { heldSince: 1 },
      partialFilterExpression: { hold: "init" },
    },
  ],
});

/** An attempt of a task as it was when the task was reset: what it did is never lost. */
export const runTaskAttempts = defineCollection({
  ...emboflowCollection,
  name: "run_task_attempts",
  retention: { kind: "forever" },
  schema: z.object({
    /** `<task id>:<fence>`: putting the same attempt away twice leaves one. */
    _id: z.string(),
    workspaceId: z.string(),
    workflowRunId: z.string(),
    taskId: z.string(),
    nodeId: z.string(),
    ...attemptStory.shape,
  }),
  indexes: [
    // the attempts of a task, newest first
    {
      name: "workspaceId_1_taskId_1_fence_-1",
      key: { workspaceId: 1, taskId: 1, fence: -1 },
    },
    // the attempts of a run
    { name: "workspaceId_1_workflowRunId_1", key: { workspaceId: 1, workflowRunId: 1 } },
    // failed attempts of a workspace, the latest first: groups of errors
    {
      name: "workspaceId_1_status_1_finishedAt_-1",
      key: { workspaceId: 1, status: 1, finishedAt: -1 },
      partialFilterExpression: { status: "failed" },
    },
  ],
});

export type RunTaskAttempt = DocumentOf<typeof runTaskAttempts>;
export type WorkflowRun = DocumentOf<typeof workflowRuns>;
export type RunTask = DocumentOf<typeof runTasks>;
