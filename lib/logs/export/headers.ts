import type { ExportRequest } from "./request";

const contentTypes = {
  jsonl: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8",
} as const;

export function exportHeaders(
  episodeId: string,
  { format, from }: Pick<ExportRequest, "format" | "from">,
  { through }: { through: bigint },
): Record<string, string> {
  return {
    "content-type": contentTypes[format],
    "content-disposition": `attachment; filename="${exportFileName(episodeId, { format, from, through })}"`,
    // Neither kept nor changed on the way: a proxy that packs it would hold it back, and the hash is over these bytes.
    "cache-control": "no-store, no-transform",
    "x-content-type-options": "nosniff",
    "x-accel-buffering": "no",
  };
}

/** Of an episode's name, only what means nothing to a shell, a header or a file system. */
export function exportFileName(
  episodeId: string,
  { format, from, through }: Pick<ExportRequest, "format" | "from"> & { through: bigint },
): string {
  return `${episodeId}_${from}-${through}.${format}`.replace(/[^A-Za-z0-9._-]/g, "_");
}
