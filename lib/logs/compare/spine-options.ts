import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { logHistogram } from "../histogram/schema";
import type { EpisodeAddress } from "../query-options";
import { logPage } from "../schema";
import type { ComparedSide } from "./schema";

/** Rows of a stretch of time, placed on an axis from 0 (the first row) to 1 (the end of the longer log). */
interface Stretch {
  at: number;
  width: number;
  rows: number;
  failing: number;
}

const bars = 160;

const place = ({ workspace, episodeId }: EpisodeAddress) =>
  `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;

/** Where in time the rows of one side lie, on the axis that both sides share. */
export function densityOptions(address: EpisodeAddress, side: ComparedSide, spanMs: number) {
  const { firstAt } = side;
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "density", firstAt, spanMs],
    queryFn: async ({ signal }): Promise<Stretch[]> => {
      if (firstAt === null) return [];
      const start = Date.parse(firstAt);
      // The end of a range is not in it.
      const until = new Date(start + spanMs + 1).toISOString();
      const query = new URLSearchParams({ since: firstAt, until, bars: String(bars) });
      const histogram = await fetchJson(`${place(address)}/histogram?${query}`, logHistogram, signal);
      return histogram.bars
        .map(({ start: barStart, levels }) => ({
          at: Math.max(0, (Date.parse(barStart) - start) / spanMs),
          width: histogram.widthMs / spanMs,
          rows: Object.values(levels).reduce((sum, count) => sum + count, 0),
          failing: levels.error + levels.fatal,
        }))
        .filter(({ rows }) => rows > 0);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The first row at a time after the first row, or the end of the log. Each answer is bounded work, so it may take several. */
export async function firstRowAt(
  address: EpisodeAddress,
  { firstAt, nextSequenceNumber }: ComparedSide,
  elapsedMs: number,
): Promise<number> {
  const end = Number(nextSequenceNumber);
  if (firstAt === null) return end;
  const since = new Date(Date.parse(firstAt) + elapsedMs).toISOString();
  let from = "0";
  for (;;) {
    const query = new URLSearchParams({ from, since, limit: "1" });
    const page = await fetchJson(`${place(address)}/rows?${query}`, logPage);
    const found = page.rows.find((row) => row.kind === "entry");
    if (found?.kind === "entry") return Number(found.seq);
    if (page.next === null || page.next === from) return end;
    from = page.next;
  }
}
