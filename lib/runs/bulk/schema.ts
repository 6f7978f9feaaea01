import { z } from "zod";
import { runFilter } from "../list/filters";
import { runRow } from "../schema";
import { runStatuses } from "../status";
import { bulkItemStates, bulkJobStates, bulkKinds, mostRuns } from "./kinds";

/** Most runs that can be chosen one by one. */
export const mostChosen = 1_000;

const counts = <const Names extends readonly string[]>(names: Names) =>
  z.object(
    Object.fromEntries(names.map((name) => [name, z.number().int()])) as Record<Names[number], z.ZodNumber>,
  );

/** Which runs: those that were chosen, or all that a filter matches. */
export const bulkTarget = z.object({
  kind: z.enum(bulkKinds),
  filter: runFilter.nullable(),
  runIds: z.array(z.string().min(1).max(100)).min(1).max(mostChosen).nullable(),
});
export type BulkTarget = z.infer<typeof bulkTarget>;

/** What a job would do, counted. */
export const bulkPreview = z.object({
  /** The moment that it is frozen at: runs made later are none of it. */
  frozenAt: z.iso.datetime(),
  total: z.number().int(),
  byStatus: counts(runStatuses),
  /** There are more than can be done at once; the rest is not counted. */
  tooMany: z.boolean(),
  /** Some of those that it acts on, the newest. */
  sample: z.array(runRow),
});
export type BulkPreview = z.infer<typeof bulkPreview>;

export const bulkJobRow = z.object({
  id: z.string(),
  kind: z.enum(bulkKinds),
  state: z.enum(bulkJobStates),
  /** The filter in the URL of the run list; null when runs were chosen one by one. */
  query: z.string().nullable(),
  requestedBy: z.string(),
  expectedCount: z.number().int(),
  itemCount: z.number().int(),
  counts: counts(bulkItemStates),
  aborting: z.boolean(),
  message: z.string().nullable(),
  frozenAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type BulkJobRow = z.infer<typeof bulkJobRow>;

export const bulkJobPage = z.object({
  jobs: z.array(bulkJobRow),
  next: z.string().nullable(),
  asOf: z.iso.datetime(),
});

export const bulkItem = z.object({
  runId: z.string(),
  workflowName: z.string(),
  state: z.enum(bulkItemStates),
  message: z.string().nullable(),
  newRunId: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type BulkItem = z.infer<typeof bulkItem>;

export const bulkJobDetail = z.object({
  job: bulkJobRow,
  items: z.array(bulkItem),
  /** Cursor of the next items. */
  next: z.string().nullable(),
  asOf: z.iso.datetime(),
});
export type BulkJobDetail = z.infer<typeof bulkJobDetail>;

const target = z
  .string()
  .max(mostChosen * 110)
  .transform((text, context) => {
    try {
      const parsed = bulkTarget.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
    } catch {
      // Said below.
    }
    context.addIssue({ code: "custom", message: "Which runs is not readable. Choose them again." });
    return z.NEVER;
  });

export const startBulkInput = z.object({
  /** Made with the form: a double click makes one job. */
  jobId: z.uuid(),
  target,
  frozenAt: z.iso.datetime().transform((text) => new Date(text)),
  expectedCount: z.coerce.number().int().min(1).max(mostRuns),
});
export type StartBulkInput = z.output<typeof startBulkInput>;

export const bulkJobInput = z.object({ jobId: z.string().min(1).max(100) });
export type BulkJobInput = z.output<typeof bulkJobInput>;
