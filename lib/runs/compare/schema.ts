import { z } from "zod";
import { runRow } from "../schema";
import { taskStatuses } from "../status";

const comparedRun = runRow.extend({
  /** Rows of the logs of all its tasks. */
  rows: z.number().int(),
});
export type ComparedRun = z.infer<typeof comparedRun>;

const taskSide = z.object({
  taskId: z.string(),
  status: z.enum(taskStatuses),
  /** Milliseconds after the start of its run; null for what did not happen. */
  startedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  attempt: z.number().int(),
  /** The beginning of it. */
  errorMessage: z.string().nullable(),
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

/** One change that nodes have in common, and how many have it. */
const nodeChange = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  count: z.number().int(),
  /** The first of them. */
  names: z.array(z.string()),
});
const graphComparison = z.object({
  added: z.object({ count: z.number().int(), names: z.array(z.string()) }),
  removed: z.object({ count: z.number().int(), names: z.array(z.string()) }),
  changedNodes: z.number().int(),
  /** Those that most nodes have first. */
  changes: z.array(nodeChange),
  /** Changes that the list has no room for. */
  unlisted: z.number().int(),
  edgesAdded: z.number().int(),
  edgesRemoved: z.number().int(),
});
export type GraphComparison = z.infer<typeof graphComparison>;

/** Two runs by their tasks, in the order in which they started in A; those of B alone follow. Counts come from counters. */
export const runComparison = z.object({
  a: comparedRun,
  b: comparedRun,
  /** From A's frozen graph to B's. */
  graph: graphComparison,
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

const runChoice = runRow.pick({
  id: true,
  status: true,
  workflowId: true,
  workflowName: true,
  versionNumber: true,
  createdAt: true,
  durationMs: true,
});
export type RunChoice = z.infer<typeof runChoice>;

export const runChoices = z.object({
  /** Other runs of the workflow, newest first. */
  runs: z.array(runChoice),
  /** The run of the workflow before this one. */
  previous: z.string().nullable(),
  /** The last success, before this run where there is such. */
  lastSucceeded: z.string().nullable(),
  /** Which of them to begin with. */
  suggested: z.string().nullable(),
});
export type RunChoices = z.infer<typeof runChoices>;
