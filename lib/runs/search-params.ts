import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { RunFilters } from "./schema";
import { runStatuses } from "./status";

/** The run list's part of the URL: `?status=failed,running&workflow=…&cursor=…&direction=newer`. */
export const runListParams = {
  status: parseAsArrayOf(parseAsStringLiteral(runStatuses)).withDefault([]),
  workflow: parseAsString,
  cursor: parseAsString,
  direction: parseAsStringLiteral(["older", "newer"] as const).withDefault("older"),
};

export const loadRunListParams = createLoader(runListParams);
export const runListQuery = createSerializer(runListParams);

export type RunListParams = Awaited<ReturnType<typeof loadRunListParams>>;

/** Ids and cursors from a URL are cut to what the reader accepts; whatever else is wrong in them finds nothing. */
export function runFiltersOf({ status, workflow, cursor, direction }: RunListParams): RunFilters {
  return {
    statuses: [...new Set(status)],
    workflowId: workflow?.slice(0, 100) || null,
    cursor: cursor?.slice(0, 300) || null,
    direction,
  };
}
