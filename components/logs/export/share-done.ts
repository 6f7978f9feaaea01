import type { ExportJob } from "@/lib/logs/export/jobs/schema";

/** How much of an export is written; null where nobody knows how many rows it will have. */
export function shareDone({ state, expectedRows, expectedExact, rowsWritten }: ExportJob): number | null {
  if (state === "queued") return 0;
  if (!expectedExact || expectedRows === 0) return null;
  return Math.min(0.99, rowsWritten / expectedRows);
}
