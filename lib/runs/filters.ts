import { type RunFilters, runFilters } from "./schema";
import { type RunStatus, runStatuses } from "./status";

/**
 * Filters as they stand in a URL: `status=failed,running&workflow=…&cursor=…&direction=newer`. What is unknown or
 * malformed falls back to its default, so an old link still shows something.
 */
export function runFiltersFrom(params: URLSearchParams): RunFilters {
  const chosen = new Set((params.get("status") ?? "").split(","));
  const statuses = runStatuses.filter((status: RunStatus) => chosen.has(status));
  return {
    statuses,
    workflowId: shortText(params.get("workflow"), runFilters.shape.workflowId),
    cursor: shortText(params.get("cursor"), runFilters.shape.cursor),
    direction: params.get("direction") === "newer" ? "newer" : "older",
  };
}

function shortText(
  text: string | null,
  schema: typeof runFilters.shape.workflowId | typeof runFilters.shape.cursor,
): string | null {
  const result = schema.safeParse(text === "" ? null : text);
  return result.success ? result.data : null;
}
