import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { noCounts, toLevelCounts } from "../episode-summary";
import { logLevels } from "../level";
import { setFilter } from "./candidates";
import { latestBelieved } from "./place";
import type { StreamSetSummary, StreamSummary } from "./schema";
import { namesOf } from "./stream-names";
import type { StreamSet } from "./stream-set";

/** Streams of a run that a page lists by name; those with most rows. */
const mostListed = 3_000;
const shown = {
  ...{ _id: 0, episodeId: 1, producer: 1, totalLogs: 1, levelCounts: 1 },
  ...{ firstLogAt: 1, lastLogAt: 1, ended: 1 },
};

const sums = z.object({
  streamCount: z.number(),
  open: z.number(),
  total: z.coerce.number(),
  archived: z.coerce.number(),
  stored: z.coerce.number(),
  firstAt: z.date().nullable(),
  lastAt: z.date().nullable(),
  ...Object.fromEntries(logLevels.map((level) => [level, z.coerce.number()])),
});

/** The sums of a set's counters; its streams too when they are asked for. Null when there is no such run. */
export async function getStreamSet(
  scope: WorkspaceScope,
  set: StreamSet,
  { listed }: { listed: boolean },
): Promise<StreamSetSummary | null> {
  const now = new Date();
  const [totals, streams] = await Promise.all([
    sumCounters(scope, set, now),
    listed ? listStreams(scope, set) : [],
  ]);
  if (set.runId !== null && totals.streamCount === 0 && !(await runExists(scope, set.runId))) return null;
  return { ...totals, streams, asOf: now.toISOString() };
}

async function sumCounters(
  scope: WorkspaceScope,
  set: StreamSet,
  now: Date,
): Promise<Omit<StreamSetSummary, "streams" | "asOf">> {
  const believed = new Date(latestBelieved(now));
  const [found] = await scoped(scope)
    .collection(logMetadata)
    .aggregate(
      [
        { $match: { ...setFilter(set), totalLogs: { $gt: 0n } } },
        {
          $group: {
            _id: null,
            streamCount: { $sum: 1 },
            open: { $sum: { $cond: ["$ended", 0, 1] } },
            total: { $sum: "$totalLogs" },
            archived: { $sum: "$archivedLogs" },
            stored: { $sum: "$currentLogs" },
            firstAt: { $min: "$firstLogAt" },
            // One wrong clock does not say when the last row was written.
            lastAt: { $max: { $cond: [{ $lte: ["$lastLogAt", believed] }, "$lastLogAt", null] } },
            ...Object.fromEntries(logLevels.map((level) => [level, { $sum: `$levelCounts.${level}` }])),
          },
        },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const nothing = { streamCount: 0, open: 0, total: 0, archived: 0, stored: 0, firstAt: null, lastAt: null };
  if (!found) return { ...nothing, levels: noCounts() };
  const { firstAt, lastAt, streamCount, open, total, archived, stored, ...rest } = sums.parse(found);
  const levels = z.object(Object.fromEntries(logLevels.map((level) => [level, z.number()]))).parse(rest);
  return {
    ...{ streamCount, open, total, archived, stored },
    levels: { ...noCounts(), ...levels },
    firstAt: firstAt?.toISOString() ?? null,
    lastAt: lastAt?.toISOString() ?? null,
  };
}

async function listStreams(scope: WorkspaceScope, set: StreamSet): Promise<StreamSummary[]> {
  const found = await scoped(scope)
    .collection(logMetadata)
    .find({ ...setFilter(set), totalLogs: { $gt: 0n } }, { projection: shown, maxTimeMS: 10_000 })
    .sort({ totalLogs: -1, episodeId: 1 })
    .limit(mostListed)
    .toArray();
  const names = await namesOf(scope, found);
  return found.flatMap((record, index) => {
    const name = names[index];
    return name ? { ...name, ...countersOf(record) } : [];
  });
}

function countersOf({ totalLogs, levelCounts, firstLogAt, lastLogAt, ended }: LogMetadata) {
  return {
    total: Number(totalLogs),
    levels: toLevelCounts(levelCounts),
    firstAt: firstLogAt?.toISOString() ?? null,
    lastAt: lastLogAt?.toISOString() ?? null,
    ended,
  };
}

async function runExists(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 } });
  return run !== null;
}
