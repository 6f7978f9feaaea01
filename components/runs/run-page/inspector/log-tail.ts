import type { LogPage, LogRow } from "@/lib/logs/schema";

export function lastSeq(rows: readonly LogRow[]): string | undefined {
  const last = rows.at(-1);
  return last?.kind === "entry" ? last.seq : last?.to;
}

/** Sequence of the last error among the rows read. */
export function lastGrave(page: LogPage | undefined): string | undefined {
  const row = page?.rows.findLast(
    (each) => each.kind === "entry" && (each.level === "error" || each.level === "fatal"),
  );
  return row?.kind === "entry" ? row.seq : undefined;
}
