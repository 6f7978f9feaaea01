import { z } from "zod";
import { runStatuses } from "../status";

const name = (most: number) => z.string().max(most).nullable().default(null);

export const pageSizes = [25, 50, 100] as const;
export type PageSize = (typeof pageSizes)[number];

/**
 * Which runs a list shows, and which page of them. `cursor` is opaque; a malformed one means the first page. Times are ISO, or
 * a time before now (`-24h`), which means another moment at each reading: what must not move is frozen first (bulk/freeze.ts).
 */
export const runFilters = z.object({
  statuses: z.array(z.enum(runStatuses)).default([]),
  workflowId: name(100),
  /** Version number; only together with a workflow, whose versions these are. */
  version: z.number().int().positive().nullable().default(null),
  projectId: name(100),
  triggeredBy: name(200),
  /** Id of an asset or a dataset that the run was bound to. */
  inputId: name(200),
  since: name(40),
  until: name(40),
  longerThanMs: z.number().nonnegative().nullable().default(null),
  shorterThanMs: z.number().nonnegative().nullable().default(null),
  /** Part of a run's id or of its workflow's name. */
  text: name(200),
  cursor: name(300),
  direction: z.enum(["older", "newer"]).default("older"),
  size: z.literal(pageSizes).default(50),
});
export type RunFilters = z.infer<typeof runFilters>;

export const everyRun: RunFilters = runFilters.parse({});

/** The part of it that says which runs, whatever the page. */
export const runFilter = runFilters.omit({ cursor: true, direction: true, size: true });
export type RunFilter = z.infer<typeof runFilter>;

export function runFilterOf({ cursor, direction, size, ...filter }: RunFilters): RunFilter {
  return filter;
}

/** Names of the conditions that are in force. */
export function conditionsOf(filters: RunFilter): (keyof RunFilter)[] {
  const names = [
    "statuses",
    "workflowId",
    "version",
    "projectId",
    "triggeredBy",
    "inputId",
    "since",
    "until",
    "longerThanMs",
    "shorterThanMs",
    "text",
  ] as const satisfies readonly (keyof RunFilter)[];
  return names.filter((each) => (each === "statuses" ? filters.statuses.length > 0 : filters[each] !== null));
}
