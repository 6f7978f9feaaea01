import { z } from "zod";
import { runStatuses } from "../status";

export const decisions = ["resolved", "ignored"] as const;
export type Decision = (typeof decisions)[number];

const mark = z.object({
  decision: z.enum(decisions),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Mark = z.infer<typeof mark>;

/** A lineage of runs, each a retry of the one before, that no success has made good. */
export const unresolvedRow = z.object({
  /** Its first run: what a decision is about. */
  lineage: z.string(),
  /** Its last failed run. */
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.number().int(),
  /** The first task of the last run that failed. */
  task: z.object({ id: z.string(), name: z.string() }).nullable(),
  error: z.string(),
  /** When the lineage failed first, and last. */
  since: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** Runs of it that failed. */
  attempts: z.number().int(),
  /** Tasks that were skipped behind the failure. */
  skipped: z.number().int(),
  /** A later run of the lineage is on its way. */
  retry: z.object({ runId: z.string(), status: z.enum(runStatuses) }).nullable(),
  mark: mark.nullable(),
});
export type UnresolvedRow = z.infer<typeof unresolvedRow>;

export interface UnresolvedFailures {
  open: UnresolvedRow[];
  /** Those that somebody has resolved or ignored, as long as that holds. */
  closed: UnresolvedRow[];
  /** There are more failures than are looked at. */
  more: boolean;
  days: number;
  asOf: string;
}

/** Failures whose errors differ in their values alone. */
export const errorGroup = z.object({
  fingerprint: z.string(),
  /** The error with its values masked. */
  template: z.string(),
  /** One of them as it was. */
  example: z.string(),
  /** Attempts that failed so, also those of tasks that were retried since. */
  count: z.number().int(),
  workflows: z.array(z.string()),
  nodes: z.array(z.string()),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** Per day of the window, oldest first. */
  days: z.array(z.number().int()),
  /** It was not there before the last day. */
  isNew: z.boolean(),
  /** It was resolved, and has happened again since. */
  isBack: z.boolean(),
  mark: mark.nullable(),
});
export type ErrorGroup = z.infer<typeof errorGroup>;

export interface ErrorGroups {
  open: ErrorGroup[];
  closed: ErrorGroup[];
  /** Failed attempts that were read. */
  failures: number;
  /** The window reaches further back than what was read; then the time from which on it was. */
  readFrom: string | null;
  days: number;
  asOf: string;
}

/** An attempt of a task that failed, of a group. */
export const errorFailure = z.object({
  id: z.string(),
  taskId: z.string(),
  runId: z.string(),
  workflowName: z.string(),
  node: z.string(),
  at: z.iso.datetime(),
  /** The task stands as it failed; another was retried since. */
  present: z.boolean(),
  message: z.string(),
});
export type ErrorFailure = z.infer<typeof errorFailure>;

export const errorWindows = [1, 7, 30] as const;
export type ErrorWindow = (typeof errorWindows)[number];

const subject = z.object({ subject: z.enum(["lineage", "error"]), key: z.string().min(1).max(200) });

export const decideInput = subject.extend({
  decision: z.enum(decisions),
  reason: z
    .string()
    .trim()
    .min(3, "A few words that somebody else understands later.")
    .max(500, "At most 500 letters."),
});
export type DecideInput = z.output<typeof decideInput>;
export const reopenInput = subject;
export type ReopenInput = z.output<typeof reopenInput>;
