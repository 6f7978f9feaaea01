import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { noCounts } from "../episode-summary";
import { countArchived, widestBuckets } from "../histogram/archived";
import { axisFor, BarCounts } from "../histogram/axis";
import { type LevelCounts, logLevels } from "../level";
import { setFilter } from "./candidates";
import { groupBy } from "./group-by";
import type { MergedHistogram, MergedHistogramRequest } from "./histogram-schema";
import { anyMoved, listChunks, listRecords, type TimeRange } from "./histogram-sources";
import { latestBelieved } from "./place";
import { countStored } from "./stored-counts";
import { namesOf } from "./stream-names";
import type { StreamSet } from "./stream-set";

/** Streams counted for one chart, those with most rows first; what is left out is said. */
const mostCounted = 3_000;
/** Streams with a colour of their own. */
const ownGroups = 6;
const mostListed = 300;
const lastActiveMs = 3_600_000;
const tries = 3;

/**
 * Rows of a set of streams by time, level and stream, from counts of chunks and blocks. Without a range it is all of a run, and
 * of a workspace the last hour in which something was written.
 */
export async function readMergedHistogram(
  scope: WorkspaceScope,
  set: StreamSet,
  { from, to, bars }: MergedHistogramRequest,
): Promise<MergedHistogram> {
  const now = new Date();
  const range = await rangeOf(scope, set, { from, to }, now);
  if (!range) return emptyHistogram(now);
  for (let n = 1; ; n++) {
    const counted = await countOnce(scope, set, range, bars);
    // Rows that moved to the archive meanwhile may have been counted twice, or not at all.
    if (!counted.moved || n >= tries) return { ...counted.histogram, exact: !counted.moved };
  }
}

async function rangeOf(
  scope: WorkspaceScope,
  set: StreamSet,
  { from, to }: { from: string | null; to: string | null },
  now: Date,
): Promise<TimeRange | null> {
  const edgeOf = async (field: "firstLogAt" | "lastLogAt") => {
    const limit = new Date(latestBelieved(now));
    const found = await scoped(scope)
      .collection(logMetadata)
      .findOne(
        { ...setFilter(set), totalLogs: { $gt: 0n }, [field]: { $lte: limit } },
        { sort: { [field]: field === "firstLogAt" ? 1 : -1 }, projection: { [field]: 1 } },
      );
    return found?.[field]?.getTime() ?? null;
  };
  const last = to === null ? await edgeOf("lastLogAt") : Date.parse(to) - 1;
  if (last === null) return null;
  const earliest = async () => (set.runId === null ? last - lastActiveMs : await edgeOf("firstLogAt"));
  const first = from === null ? await earliest() : Date.parse(from);
  return first === null || first > last ? null : { first, last };
}

async function countOnce(scope: WorkspaceScope, set: StreamSet, { first, last }: TimeRange, bars: number) {
  const found = await listRecords(scope, set, { first, last }, mostCounted);
  const records = found.slice(0, mostCounted);
  const chunks = await listChunks(scope, records, { first, last });
  const axis = axisFor(first, last, bars, await widestBuckets(scope, chunks));
  const byStream = groupBy(chunks, ({ episodeId }) => episodeId);
  const groups = records.slice(0, ownGroups).map(({ episodeId }) => episodeId);
  const counts = Array.from({ length: groups.length + 1 }, () => new BarCounts(axis));
  const countsOf = (episodeId: string) => {
    const group = groups.indexOf(episodeId);
    return counts[group < 0 ? groups.length : group] ?? new BarCounts(axis);
  };
  const perStream = new Map<string, LevelCounts>();
  const add = async (episodeId: string, count: (bars: BarCounts) => Promise<void>) => {
    const own = countsOf(episodeId);
    const before = insideOf(own);
    await count(own);
    const after = insideOf(own);
    const known = perStream.get(episodeId) ?? noCounts();
    for (const level of logLevels) known[level] += after[level] - before[level];
    perStream.set(episodeId, known);
  };
  for (const [episodeId, own] of byStream) await add(episodeId, (into) => countArchived(scope, own, into));
  const blurred = await countStored(scope, records, axis, add);
  const moved = await anyMoved(scope, records);
  const counted = records.flatMap((record) => {
    const levels = perStream.get(record.episodeId);
    const rows = levels ? totalOf(levels) : 0;
    return levels && rows > 0 ? { record, rows, levels } : [];
  });
  counted.sort((a, b) => b.rows - a.rows);
  const listed = counted.slice(0, mostListed);
  const names = await namesOf(
    scope,
    listed.map(({ record }) => record),
  );
  const histogram: MergedHistogram = {
    from: new Date(axis.start).toISOString(),
    to: new Date(axis.start + axis.bars * axis.widthMs).toISOString(),
    widthMs: axis.widthMs,
    bars: mergedBars(counts),
    groups,
    streams: listed.flatMap(({ rows, levels }, index) => {
      const name = names[index];
      return name ? { ...name, rows, levels } : [];
    }),
    streamCount: counted.length,
    rows: counted.reduce((sum, { rows }) => sum + rows, 0),
    leftOut: Math.max(0, found.length - records.length),
    blurred: counts.reduce((sum, own) => sum + own.blurred, blurred),
    exact: true,
    asOf: new Date().toISOString(),
  };
  return { histogram, moved };
}

function mergedBars(counts: BarCounts[]): MergedHistogram["bars"] {
  const axis = counts[0]?.axis;
  if (!axis) return [];
  return Array.from({ length: axis.bars }, (_, index) => {
    const levels = noCounts();
    const parts = counts.flatMap((own) => own.bars[index] ?? []);
    for (const part of parts) for (const level of logLevels) levels[level] += part.levels[level];
    return {
      start: new Date(axis.start + index * axis.widthMs).toISOString(),
      levels,
      groups: parts.map((part) => totalOf(part.levels)),
      hot: parts.reduce((sum, { hot }) => sum + hot, 0),
      cold: parts.reduce((sum, { cold }) => sum + cold, 0),
      missing: parts.some(({ missing }) => missing),
    };
  });
}

function insideOf({ bars }: BarCounts): LevelCounts {
  const levels = noCounts();
  for (const bar of bars) for (const level of logLevels) levels[level] += bar.levels[level];
  return levels;
}

const totalOf = (levels: LevelCounts) => logLevels.reduce((sum, level) => sum + levels[level], 0);

function emptyHistogram(now: Date): MergedHistogram {
  return {
    ...{ from: null, to: null, widthMs: 1, bars: [], groups: [], streams: [], streamCount: 0, rows: 0 },
    ...{ leftOut: 0, blurred: 0, exact: true, asOf: now.toISOString() },
  };
}
