import { z } from "zod";
import { runStatuses } from "../status";

export const bucketCount = 24;

const statusCounts = z.object(
  Object.fromEntries(runStatuses.map((status) => [status, z.number().int()])) as Record<
    (typeof runStatuses)[number],
    z.ZodNumber
  >,
);
export type StatusCounts = z.infer<typeof statusCounts>;

/** Runs over the time in which they were made, by status. */
export const runHistogram = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Oldest first; null for a time whose runs were not counted. */
  buckets: z.array(z.object({ at: z.iso.datetime(), counts: statusCounts.nullable() })),
  /** Runs that are counted. */
  total: z.number().int(),
  /** Runs made before this are left out, for counting them all would take too long; null when all are counted. */
  countedFrom: z.iso.datetime().nullable(),
  /** No time was asked for, and some runs are older than the first bar. */
  olderLeft: z.boolean(),
  asOf: z.iso.datetime(),
});
export type RunHistogram = z.infer<typeof runHistogram>;

/** Times of the last successes of workflows, oldest first. */
export const workflowDurations = z.object({ durations: z.record(z.string(), z.array(z.number())) });
export type WorkflowDurations = z.infer<typeof workflowDurations>["durations"];
