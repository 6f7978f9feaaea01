import {
  createLoader,
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { agoOf } from "@/lib/logs/explorer-query";
import { pageSizes, type RunFilters, runFilters } from "./list/filters";
import { optionalColumns } from "./list/look";
import { runStatuses } from "./status";

/** A length of time as people write it: `90s`, `5m`, `2h`. */
const parseAsDuration = createParser({
  parse: (text) => agoOf(`-${text}`),
  serialize: (ms: number) => durationText(ms),
});

const parseAsPageSize = createParser({
  parse: (text) => pageSizes.find((size) => String(size) === text) ?? null,
  serialize: (size: (typeof pageSizes)[number]) => String(size),
});

/** Which runs; with the columns, the part of the URL that a saved view keeps (views/view-params.ts). */
export const runFilterParams = {
  status: parseAsArrayOf(parseAsStringLiteral(runStatuses)).withDefault([]),
  workflow: parseAsString,
  version: parseAsInteger,
  project: parseAsString,
  by: parseAsString,
  input: parseAsString,
  /** ISO times, or a time before now: `-24h`. */
  since: parseAsString,
  until: parseAsString,
  longer: parseAsDuration,
  shorter: parseAsDuration,
  q: parseAsString,
};

/** The run list's part of the URL: `?status=failed,running&workflow=…&since=-24h&cursor=…&direction=newer`. */
export const runListParams = {
  ...runFilterParams,
  cursor: parseAsString,
  direction: parseAsStringLiteral(["older", "newer"] as const).withDefault("older"),
  /** Runs a page; without it, as many as the reader chose last (look.ts). */
  size: parseAsPageSize,
  /** The columns of a saved view; without it, those that the reader chose last (look.ts). */
  columns: parseAsArrayOf(parseAsStringLiteral(optionalColumns)),
  /** The saved view this began with; it applies nothing by itself once the other parameters are there. */
  saved: parseAsString,
};

export const loadRunListParams = createLoader(runListParams);
export const runListQuery = createSerializer(runListParams);

export type RunListParams = Awaited<ReturnType<typeof loadRunListParams>>;

/** What the reader does not accept falls back to its default, so an old or mistyped link still shows something. */
export function runFiltersOf(params: Partial<RunListParams>, size?: RunFilters["size"]): RunFilters {
  const { shape } = runFilters;
  const text = (value: string | null | undefined, schema: typeof shape.text) =>
    schema.safeParse(value === undefined || value === "" ? null : value).data ?? null;
  const workflowId = text(params.workflow, shape.workflowId);
  return {
    statuses: runStatuses.filter((status) => params.status?.includes(status)),
    workflowId,
    version: workflowId === null ? null : (shape.version.safeParse(params.version ?? null).data ?? null),
    projectId: text(params.project, shape.projectId),
    triggeredBy: text(params.by, shape.triggeredBy),
    inputId: text(params.input, shape.inputId),
    since: text(params.since, shape.since),
    until: text(params.until, shape.until),
    longerThanMs: params.longer ?? null,
    shorterThanMs: params.shorter ?? null,
    text: text(params.q?.trim(), shape.text),
    cursor: text(params.cursor, shape.cursor),
    direction: params.direction ?? "older",
    size: params.size ?? size ?? 50,
  };
}

/** The other way: filters as the URL has them. How many runs a page holds is the reader's own, not the link's. */
export function paramsOf(filters: Partial<RunFilters>): Partial<RunListParams> {
  return {
    status: filters.statuses,
    workflow: filters.workflowId,
    version: filters.version,
    project: filters.projectId,
    by: filters.triggeredBy,
    input: filters.inputId,
    since: filters.since,
    until: filters.until,
    longer: filters.longerThanMs,
    shorter: filters.shorterThanMs,
    q: filters.text,
    cursor: filters.cursor,
    direction: filters.direction,
  };
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** The largest unit that says it exactly. */
export function durationText(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms > 0 && ms % each === 0) ?? (["s", 1_000] as const);
  return `${Math.round(ms / size)}${unit}`;
}
