import { z } from "zod";
import { runStatuses, taskStatuses } from "./status";

const taskCounts = z.object(
  Object.fromEntries(taskStatuses.map((status) => [status, z.number().int()])) as Record<
    (typeof taskStatuses)[number],
    z.ZodNumber
  >,
);
export type TaskCounts = z.infer<typeof taskCounts>;

/** A run, as a row of the run list. Counts come from the run document; nothing is counted on read. */
export const runRow = z.object({
  id: z.string(),
  status: z.enum(runStatuses),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.number().int(),
  triggeredBy: z.string(),
  taskCounts,
  inputs: z.array(
    z.object({
      kind: z.enum(["asset", "dataset"]),
      id: z.string(),
      /** As it was called when the run was made. */
      name: z.string().optional(),
      versionTag: z.string().optional(),
    }),
  ),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nullable(),
  createdAt: z.iso.datetime(),
});
export type RunRow = z.infer<typeof runRow>;

export const runPage = z.object({
  runs: z.array(runRow),
  /** Cursor of the page of older runs, or null. */
  older: z.string().nullable(),
  /** Cursor of the page of newer runs, or null on the first page. */
  newer: z.string().nullable(),
  /** Runs that were looked at, when the page ends because that was enough and not because there are no more. */
  searched: z.number().int().nullable(),
  asOf: z.iso.datetime(),
});
export type RunPage = z.infer<typeof runPage>;

/** A task, as the run page's table, graph and Gantt share it. */
export const taskRow = z.object({
  id: z.string(),
  nodeId: z.string(),
  name: z.string(),
  nodeType: z.string(),
  status: z.enum(taskStatuses),
  attempt: z.number().int(),
  /** Grows with every change of the status: of two answers about a task the one with the higher is newer. */
  fence: z.number().int(),
  executorType: z.string(),
  upstreamNodeIds: z.array(z.string()),
  queuedAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nullable(),
  errorMessage: z.string().nullable(),
  cacheHit: z.boolean(),
  workerId: z.string().nullable(),
  /** Episode of the task's log, or null. */
  logRef: z.string().nullable(),
  /** How often a worker was lost that held it; absent when none was. */
  stalls: z.number().int().optional(),
});
export type TaskRow = z.infer<typeof taskRow>;

/** A node placed on the plane, units are pixels of the unzoomed graph. */
export const placedNode = z.object({
  id: z.string(),
  name: z.string(),
  nodeType: z.string(),
  level: z.number().int(),
  x: z.number(),
  y: z.number(),
});
export type PlacedNode = z.infer<typeof placedNode>;

/** The run's graph from its frozen `runtimeSnapshot`: structure and places only, so a change of status moves nothing. */
export const runGraph = z.object({
  nodes: z.array(placedNode),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  width: z.number(),
  height: z.number(),
});
export type RunGraph = z.infer<typeof runGraph>;

export const runDetail = runRow.extend({
  workflowSlug: z.string(),
  projectName: z.string().nullable(),
  failedTaskIds: z.array(z.string()),
  artifactCount: z.number().int(),
  stdoutLineCount: z.number().int(),
  stderrLineCount: z.number().int(),
  summary: z.record(z.string(), z.unknown()),
  retryOfRunId: z.string().nullable(),
  cancelRequestedAt: z.iso.datetime().nullable(),
  /** Grows with every change of the run's figures. */
  aggSeq: z.number().int(),
  asOf: z.iso.datetime(),
});
export type RunDetail = z.infer<typeof runDetail>;

/** The task that made what another took from the cache. */
const cacheSource = z.object({ runId: z.string(), taskId: z.string(), finishedAt: z.iso.datetime() });
export type CacheSource = z.infer<typeof cacheSource>;

/** All of one task, for the inspector. */
export const taskDetail = taskRow.extend({
  executorConfig: z.record(z.string(), z.unknown()),
  summary: z.record(z.string(), z.unknown()),
  lastResultPreview: z.record(z.string(), z.unknown()).nullable(),
  skipReason: z.object({ upstream: z.array(z.string()) }).nullable(),
  artifacts: z.array(
    z.object({ id: z.string(), type: z.string(), title: z.string(), sizeBytes: z.number() }),
  ),
  /** The assets it works on, as far as they are named here, and how many they are. */
  assetIds: z.array(z.string()),
  assetCount: z.number().int(),
  /** Tasks with the same key have the same result. */
  cacheKey: z.string().nullable(),
  cacheSource: cacheSource.nullable(),
  deliveries: z.number().int(),
  stalls: z.number().int(),
});
export type TaskDetail = z.infer<typeof taskDetail>;

/** Figures of the workspace home. Counted from run documents of the window by index; never from tasks or logs. */
export const homeFigures = z.object({
  windowHours: z.number().int(),
  byStatus: z.object(
    Object.fromEntries(runStatuses.map((status) => [status, z.number().int()])) as Record<
      (typeof runStatuses)[number],
      z.ZodNumber
    >,
  ),
  /** One entry per hour of the window, oldest first. */
  hours: z.array(
    z.object({
      at: z.iso.datetime(),
      succeeded: z.number().int(),
      failed: z.number().int(),
      other: z.number().int(),
    }),
  ),
  durationP50Ms: z.number().nullable(),
  durationP95Ms: z.number().nullable(),
  asOf: z.iso.datetime(),
});
export type HomeFigures = z.infer<typeof homeFigures>;

/** Something on the home page that a person should look at, worst first. */
export const attentionItem = z.object({
  kind: z.enum(["failed_run", "archive"]),
  subject: z.string(),
  sentence: z.string(),
  consequence: z.string(),
  at: z.iso.datetime(),
  href: z.string(),
  action: z.string(),
});
export type AttentionItem = z.infer<typeof attentionItem>;
