import type { LogEntryRow } from "../schema";
import { emptyPage, filled, firstOf, lastOf, pagesFor, type RowPage } from "./row-page";

/**
 * The pages that new rows of a tail belong to, with the rows in them. A page that lacks what stands before them is left out:
 * it is read like any page that is behind.
 */
export function pagesWithTail(
  rows: LogEntryRow[],
  through: number,
  pageAt: (number: number) => RowPage | undefined,
): RowPage[] {
  const [first] = rows;
  if (!first) return [];
  const start = Number(first.seq);
  return pagesFor(rows.map(({ seq }) => Number(seq))).flatMap((number) => {
    const known = pageAt(number) ?? (start <= firstOf(number) ? emptyPage(number) : undefined);
    if (!known) return [];
    const from = known.readTo + 1;
    if (from < start || from > lastOf(number)) return [];
    const fresh = rows.filter(({ seq }) => Number(seq) >= from);
    return [filled(known, from, { rows: fresh, next: null, nextSequenceNumber: String(through + 1) })];
  });
}
