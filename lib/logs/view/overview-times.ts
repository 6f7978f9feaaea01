import type { EpisodeOverview } from "../schema";
import { rowsOf } from "./histogram-bars";

type Bucket = { from: number; to: number; start: number; end: number; rows: number };

/** Where a stretch of time leads: the first sequence number whose time lies in it. Null when nothing does. */
export function firstSeqIn(overview: EpisodeOverview, from: number, to: number): number | null {
  const bucket = bucketsOf(overview).find(({ start, end, rows }) => start < to && end >= from && rows > 0);
  if (!bucket) return null;
  const span = Math.max(1, bucket.end - bucket.start);
  const share = Math.min(1, Math.max(0, (from - bucket.start) / span));
  return Math.round(bucket.from + share * (bucket.to - bucket.from));
}

/** Time a sequence number was written at, as near as its bucket tells. */
export function timeOf(overview: EpisodeOverview, seq: number): number | null {
  const buckets = bucketsOf(overview);
  const bucket =
    buckets.find(({ from, to }) => seq >= from && seq <= to) ?? buckets.findLast(({ from }) => from <= seq);
  if (!bucket) return null;
  const share = (seq - bucket.from) / Math.max(1, bucket.to - bucket.from);
  return bucket.start + Math.min(1, Math.max(0, share)) * (bucket.end - bucket.start);
}

function bucketsOf({ buckets }: EpisodeOverview): Bucket[] {
  return buckets.map(({ from, to, startAt, endAt, levels }) => {
    const [start, end] = [Date.parse(startAt), Date.parse(endAt)];
    return { from: Number(from), to: Number(to), start, end, rows: rowsOf(levels) };
  });
}
