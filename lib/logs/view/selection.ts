import { type RowSpace, seqAt } from "./row-space";

/** The row a key leads to: `by` lines from the selected one, over the seam. Null when the list ends there. */
export function stepFrom(space: RowSpace, seq: number, by: 1 | -1): number | null {
  let line = space.indexOf(seq) + by;
  while (line >= 0 && line < space.count && space.at(line).kind === "seam") line += by;
  return line >= 0 && line < space.count ? seqAt(space, line) : null;
}

/** "8,412,077", "8412077" or "#8412077" as a sequence number that exists; null for anything else. */
export function parseRowNumber(text: string, total: number): number | null {
  const digits = text.trim().replace(/^#/, "").replace(/[,_ ]/g, "");
  if (!/^\d{1,15}$/.test(digits)) return null;
  const seq = Number(digits);
  return seq < total ? seq : null;
}
