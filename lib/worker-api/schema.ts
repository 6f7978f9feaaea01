import { z } from "zod";

/*
 * What a worker and the console say to each other. Safe to import anywhere: the client's types are made from it.
 */

const word = z.string().min(1).max(200);
/** Visible ASCII, as it stands in a header or a log. */
const plainName = z.string().regex(/^[\x21-\x7e]{1,200}$/, "1 to 200 visible ASCII characters are wanted");

export const longestWaitMs = 20_000;

export const claimInput = z.object({
  workerId: plainName,
  /** The executor types whose tasks it takes. */
  executors: z
    .array(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/))
    .min(1)
    .max(20),
  /** Only tasks of these kinds of node; all of them when absent. */
  nodeTypes: z.array(word).min(1).max(100).optional(),
  /** How long the answer may wait for a task to come. */
  waitMs: z.number().int().min(0).max(longestWaitMs).default(0),
  /** Said on the pages that show who works. */
  slots: z.number().int().min(1).max(10_000).default(1),
  busy: z.number().int().min(0).max(10_000).default(0),
  version: z.string().max(100).optional(),
});
export type ClaimInput = z.input<typeof claimInput>;

/** The task and the delivery of it that the worker got; every later call names both. */
export const heldInput = z.object({
  taskId: word,
  fence: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});
export type HeldInput = z.input<typeof heldInput>;

export const completeInput = heldInput.extend({
  outcome: z.enum(["succeeded", "failed", "cancelled"]),
  errorMessage: z.string().max(100_000).optional(),
  /** A small picture of the result; shown with the task and handed to what comes behind. */
  result: z.record(z.string(), z.unknown()).optional(),
  artifactIds: z.array(word).max(1_000).default([]),
  /** The assets that what comes behind works on, where they are others than the task's own. */
  assetIds: z.array(word).max(5_000).optional(),
});
export type CompleteInput = z.input<typeof completeInput>;

export const logLine = z.object({
  stream: z.enum(["stdout", "stderr", "system"]).default("stdout"),
  message: z.string().max(64 * 1024),
  level: z.enum(["debug", "info", "warn", "error", "fatal"]).optional(),
  /** ISO 8601; when it was received, where it is absent. */
  timestamp: z.iso.datetime({ offset: true }).optional(),
});
export type LogLine = z.input<typeof logLine>;

export const artifactQuery = z.object({
  task: word,
  fence: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** Tells it from other artifacts of the same delivery; sending the same again under it is a no-op. */
  name: word,
  type: word.default("intermediate task output"),
  title: z.string().min(1).max(300).optional(),
});

/** Answers. */
export interface ClaimedTask {
  task: {
    id: string;
    fence: number;
    nodeId: string;
    nodeName: string;
    nodeType: string;
    nodeDefinitionId: string;
    executorType: string;
    executorConfig: Record<string, unknown>;
    /** Code of the node's author, recorded with the workflow; run or left out by the worker. */
    codeHookSpec: Record<string, unknown> | null;
    artifactType: string | null;
    artifactTitle: string | null;
    attempt: number;
    assetIds: string[];
    startedAt: string;
  };
  run: {
    id: string;
    workflowName: string;
    inputBindings: { kind: string; id: string }[];
    assetIds: string[];
    datasetIds: string[];
  };
  upstream: {
    nodeId: string;
    nodeName: string;
    assetIds: string[];
    artifactIds: string[];
    result: Record<string, unknown> | null;
  }[];
  heartbeatEveryMs: number;
  leaseMs: number;
}

export interface HeartbeatAnswer {
  answer: "go_on" | "cancel";
}
