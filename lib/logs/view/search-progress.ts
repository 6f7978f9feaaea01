import { formatCount, formatPlural } from "@/lib/format";

export interface SearchState {
  hits: number;
  /** Every number below this has been looked at. */
  searched: number;
  total: number;
  status: "searching" | "waiting" | "stopped" | "failed" | "complete";
}

/** What the strip above a filtered list says: exact at every moment, also when the search has not gone through. */
export function searchSentence({ hits, searched, total, status }: SearchState): string {
  const found = formatPlural(hits, "row");
  if (status === "complete") return `${found} in all ${formatCount(total)}`;
  const so = `searched to row ${formatCount(searched)} of ${formatCount(total)}`;
  if (status === "stopped") return `${found}, stopped: ${so}`;
  return `${found} so far, ${so}`;
}

/** Whether the search goes on by itself: it stays a few screens ahead of the reader, and reads nothing nobody asked for. */
export function isAhead(hits: number, lastLineInView: number): boolean {
  return hits > lastLineInView + 200;
}
