import { z } from "zod";
import { runStatuses, taskStatuses } from "@/lib/runs/status";

const comparedRun = z.object({
  id: z.string(),
  status: z.enum(runStatuses),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.number().int(),
  createdAt: z.iso.datetime(),
  durationMs: z.number().nullable(),
  /** Rows of the logs of all its tasks. */
  rows: z.number().int(),
});
export type ComparedRun = z.infer<typeof comparedRun>;

const taskSide = z.object({
  taskId: z.string(),
  status: z.enum(taskStatuses),
  durationMs: z.number().nullable(),
  /** Null when the task wrote no log. */
  episodeId: z.string().nullable(),
  rows: z.number().int(),
  failing: z.number().int(),
});
export type ComparedTaskSide = z.infer<typeof taskSide>;

/** A task of either run, or of both: matched by node, and by name where the nodes of two versions differ. */
const taskPair = z.object({
  /** Names the pair in both directions of paging; of A's node where it has one. */
  key: z.string(),
  name: z.string(),
  a: taskSide.nullable(),
  b: taskSide.nullable(),
});
export type TaskPair = z.infer<typeof taskPair>;

/** Two runs by their tasks, in the order in which they started in A; those of B alone follow. Counts come from counters. */
export const runComparison = z.object({
  a: comparedRun,
  b: comparedRun,
  tasks: z.array(taskPair),
  asOf: z.iso.datetime(),
});
export type RunComparison = z.infer<typeof runComparison>;

/** What the logs of one pair of tasks say. */
const pairTemplates = z.object({
  key: z.string(),
  /** Templates that only one of them has, with the rows of them. */
  onlyA: z.object({ templates: z.number().int(), rows: z.number().int() }),
  onlyB: z.object({ templates: z.number().int(), rows: z.number().int() }),
  /** Templates that both have, and how many of those as often on either side. */
  both: z.object({ templates: z.number().int(), equal: z.number().int() }),
  /** Rows of either side in no template. */
  other: z.number().int(),
  /** False when rows were not looked at; those are in `other`. */
  exact: z.boolean(),
});
export type PairTemplates = z.infer<typeof pairTemplates>;

/** A part of the pairs, in the order of their keys. `next` asks for the rest; null when there is none. */
export const pairTemplatesPage = z.object({ pairs: z.array(pairTemplates), next: z.string().nullable() });
export type PairTemplatesPage = z.infer<typeof pairTemplatesPage>;

export const runChoices = z.object({
  /** Other runs of the workflow, newest first. */
  runs: z.array(comparedRun.omit({ rows: true })),
  /** The last success, before this run where there is such. */
  suggested: z.string().nullable(),
});
export type RunChoices = z.infer<typeof runChoices>;
