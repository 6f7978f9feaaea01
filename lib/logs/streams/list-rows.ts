import type { MergedEntry, MergedPage, MergedRow } from "./schema";

/** A line of the list: a row, or rows that cannot be read, as one gap however many pages and blocks it goes over. */
export type ListRow = MergedEntry | Extract<MergedRow, { kind: "gap" }>;

export function listRows(pages: readonly MergedPage[]): ListRow[] {
  const rows: ListRow[] = [];
  for (const row of pages.flatMap((page) => page.rows)) {
    const last = rows.at(-1);
    if (last?.kind === "gap" && row.kind === "gap" && continues(last, row))
      rows[rows.length - 1] = { ...last, to: row.to };
    else rows.push(row);
  }
  return rows;
}

type Gap = Extract<ListRow, { kind: "gap" }>;

function continues(gap: Gap, next: Gap): boolean {
  const sameCause =
    gap.stream === next.stream && gap.reason === next.reason && gap.chunkNumber === next.chunkNumber;
  return sameCause && BigInt(gap.to) + 1n === BigInt(next.from);
}

const firstSeq = (row: MergedRow) => BigInt(row.kind === "entry" ? row.seq : row.from);

/** What an answer says of the end of the list. */
export type PageEnd = Pick<MergedPage, "newer" | "reachesEnd" | "asOf" | "names">;

/** The order of the list. */
export function compareRows(a: MergedRow, b: MergedRow): number {
  if (a.stands !== b.stands) return a.stands - b.stands;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  const [first, second] = [firstSeq(a), firstSeq(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}

/**
 * Pages with what was read of their end again. A row may come with an earlier time than those that are shown, so what is new is put
 * in its place, wherever that is; nothing that is shown goes or moves past another.
 */
export function withTail(
  pages: readonly MergedPage[],
  tail: readonly MergedRow[],
  { newer, reachesEnd, asOf, names }: PageEnd,
): MergedPage[] {
  const [first] = pages;
  const last = pages.at(-1);
  if (!first || !last) return [...pages];
  const known = new Set(pages.flatMap((page) => page.rows.map((row) => row.place)));
  const start = first.rows[0];
  const fresh = tail.filter((row) => {
    // What belongs before the first page is read with the page before it.
    return !known.has(row.place) && (first.reachesStart || !start || compareRows(row, start) > 0);
  });
  let rest = fresh;
  return pages.map((page) => {
    const isLast = page === last;
    const end = page.rows.at(-1);
    const inside = isLast ? rest : rest.filter((row) => end && compareRows(row, end) < 0);
    rest = rest.filter((row) => !inside.includes(row));
    const rows = inside.length === 0 ? page.rows : [...page.rows, ...inside].sort(compareRows);
    return isLast
      ? { ...page, rows, newer, reachesEnd, asOf, names: withNames(page.names, names) }
      : inside.length === 0
        ? page
        : { ...page, rows };
  });
}

function withNames(known: MergedPage["names"], more: MergedPage["names"]): MergedPage["names"] {
  const held = new Set(known.map(({ episodeId }) => episodeId));
  const fresh = more.filter(({ episodeId }) => !held.has(episodeId));
  return fresh.length === 0 ? known : [...known, ...fresh];
}
