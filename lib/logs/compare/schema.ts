import { z } from "zod";
import { runStatuses, taskStatuses } from "@/lib/runs/status";
import { int64Text, level } from "../schema";

/** The task that wrote an episode, and the run it belongs to. */
export const comparedTask = z.object({
  taskId: z.string(),
  nodeId: z.string(),
  name: z.string(),
  status: z.enum(taskStatuses),
  runId: z.string(),
  runStatus: z.enum(runStatuses),
  workflowId: z.string(),
  workflowName: z.string(),
  startedAt: z.iso.datetime().nullable(),
});
export type ComparedTask = z.infer<typeof comparedTask>;

const side = z.object({
  episodeId: z.string(),
  rows: z.number().int(),
  /** Rows in no template of the comparison. */
  other: z.number().int(),
  nextSequenceNumber: int64Text,
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** Null for an episode that no task of a run wrote. */
  task: comparedTask.nullable(),
});
export type ComparedSide = z.infer<typeof side>;

const comparedTemplate = z.object({
  id: z.string(),
  template: z.string(),
  /** Rows of it on either side. */
  a: z.number().int(),
  b: z.number().int(),
  /** Its first row on the side that has it, A where both have. Null where it was not looked up. */
  first: z.object({ side: z.enum(["a", "b"]), sequence: int64Text, level, at: z.iso.datetime() }).nullable(),
});

const place = z.object({ sequence: int64Text, template: z.string() });

/** Where two streams of templates stop being the same, from their first rows on. */
export const divergence = z.object({
  /**
   * same: they are equal to their ends; differs: another template on either side; ended: one side has no more rows;
   * not_reached: equal as far as was compared.
   */
  kind: z.enum(["same", "differs", "ended", "not_reached"]),
  /** Rows of each side that are equal. */
  equalRows: z.number().int(),
  a: place.nullable(),
  b: place.nullable(),
  /** Where they are alike again soon after: what lies between is what one side has and the other lacks. */
  rejoins: z.object({ a: int64Text, b: int64Text }).nullable(),
});
export type Divergence = z.infer<typeof divergence>;

/** Two episodes by what they say, not by when they say it. */
export const comparison = z.object({
  a: side,
  b: side,
  /** Errors first where their level was looked up, then by count. */
  onlyA: z.array(comparedTemplate),
  onlyB: z.array(comparedTemplate),
  /** On both sides, the greatest difference first. */
  both: z.array(comparedTemplate),
  /** Templates that the three lists have no room for, with the rows they stand for. */
  unlisted: z.object({ templates: z.number().int(), a: z.number().int(), b: z.number().int() }),
  divergence,
  /** Rows of each side that the divergence is looked for in. */
  rowLimit: z.number().int(),
  /** False when rows of either side are in no known template because they were not looked at. */
  exact: z.boolean(),
  asOf: z.iso.datetime(),
});
export type Comparison = z.infer<typeof comparison>;
export type ComparedTemplate = z.infer<typeof comparedTemplate>;

/** An episode that one may want to compare with. */
const choice = z.object({
  episodeId: z.string(),
  rows: z.number().int(),
  failing: z.number().int(),
  lastAt: z.iso.datetime().nullable(),
  task: comparedTask.nullable(),
});
export type ComparisonChoice = z.infer<typeof choice>;

export const comparisonChoices = z.object({
  /** The same task in other runs of the workflow, newest first. */
  sameTask: z.array(choice),
  /** The one of them to begin with: of the last run that succeeded, before this one where there is such. */
  suggested: z.string().nullable(),
  /** Episodes whose name has what was searched for, last written first. */
  episodes: z.array(choice),
});
export type ComparisonChoices = z.infer<typeof comparisonChoices>;
