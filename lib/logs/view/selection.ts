import { type RowSpace, seqAt } from "./row-space";

/** The row a key leads to: `by` lines from the selected one, over the seam. Null when the list ends there, or lacks that row. */
export function stepFrom(space: RowSpace, seq: number, by: 1 | -1): number | null {
  if (!isListed(space, seq)) return null;
  let line = space.indexOf(seq) + by;
  while (line >= 0 && line < space.count && space.at(line).kind === "seam") line += by;
  return line >= 0 && line < space.count ? seqAt(space, line) : null;
}

/** A filter may have left out the selected row. */
export function isListed(space: RowSpace, seq: number): boolean {
  const line = space.indexOf(seq);
  if (line >= space.count) return false;
  const ref = space.at(line);
  if (ref.kind === "gap") return ref.gap.from <= seq && seq <= ref.gap.to;
  return ref.kind === "entry" && ref.seq === seq;
}

/** "8,412,077", "8412077" or "#8412077" as a sequence number that exists; null for anything else. */
export function parseRowNumber(text: string, total: number): number | null {
  const digits = text.trim().replace(/^#/, "").replace(/[,_ ]/g, "");
  if (!/^\d{1,15}$/.test(digits)) return null;
  const seq = Number(digits);
  return seq < total ? seq : null;
}
