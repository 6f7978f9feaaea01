import { logQueryParams } from "../search/query";
import type { ExportRequest } from "./request";

/** The URL parameters that ask for this export. */
export function exportParams({
  format,
  query,
  from,
  to,
  columns,
  timezone,
}: Omit<ExportRequest, "resumed" | "only">): URLSearchParams {
  const params = logQueryParams(query);
  params.set("format", format);
  if (from > 0n) params.set("from", from.toString());
  if (to !== null) params.set("to", to.toString());
  if (format === "csv") {
    params.set("columns", columns.join(","));
    if (timezone !== "UTC") params.set("timezone", timezone);
  }
  return params;
}
