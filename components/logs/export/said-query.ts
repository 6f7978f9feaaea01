import { exportRequestFrom } from "@/lib/logs/export/request";
import { asksForNothing, logQueryParams } from "@/lib/logs/search/query";

/** What an export is of, in a few words. */
export function saidQuery(params: string): string {
  const { format, query, timezone } = exportRequestFrom(new URLSearchParams(params));
  const kind = format === "csv" ? `CSV, times in ${timezone.replaceAll("_", " ")}` : "JSON lines";
  if (asksForNothing(query)) return `${kind}, all rows`;
  const parts = [...logQueryParams(query)]
    .filter(([name]) => name !== "mode")
    .map(([name, value]) => `${name} ${value}`);
  return `${kind}, only ${parts.join(" and ")}`;
}
