import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { type ArchiveState, archiveStates } from "./schema";
import { rankExpression } from "./status";

/** Counters of many episodes, added up by the database. */
export interface EpisodeSums {
  episodes: number;
  /** Episodes that have rows in the live store. */
  liveEpisodes: number;
  hotLogs: number;
  hotBytes: number;
  /** Live rows that an archiver should take now. */
  waitingLogs: number;
  archivedLogs: number;
  archivedBytes: number;
  archivedRawBytes: number;
  chunks: number;
  damagedChunks: number;
  states: Record<ArchiveState, number>;
}

type Summed = Record<(typeof summedFields)[number] | `state${number}`, number | bigint>;
const summedFields = [
  "episodes",
  "liveEpisodes",
  "hotLogs",
  "hotBytes",
  "waitingLogs",
  "archivedLogs",
  "archivedBytes",
  "archivedRawBytes",
  "chunks",
  "expiredChunks",
  "damagedChunks",
] as const;

/** What `$group` gives for each workspace, or for all that was matched. */
export type SumDocument = Partial<Summed> & {
  _id: string | null;
  lastWrittenAt?: Date | null;
  lastArchivedAt?: Date | null;
};

/** Sums of the episodes' own counters, by workspace or all together: no row and no object is read for them. */
export function sumStages(by: "$workspaceId" | null, now: Date): object[] {
  const sum = (field: keyof LogMetadata) => ({ $sum: `$${field}` });
  const countWhere = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
  const states = archiveStates.map((_, rank) => [`state${rank}`, countWhere({ $eq: ["$rank", rank] })]);
  return [
    { $addFields: { rank: rankExpression(now) } },
    {
      $group: {
        _id: by,
        episodes: { $sum: 1 },
        liveEpisodes: countWhere({ $gt: ["$currentLogs", 0] }),
        hotLogs: sum("currentLogs"),
        hotBytes: sum("currentMongoBytes"),
        waitingLogs: { $sum: waitingRows },
        archivedLogs: sum("archivedLogs"),
        archivedBytes: sum("archivedS3Bytes"),
        archivedRawBytes: sum("archivedRawBytes"),
        chunks: sum("totalChunks"),
        expiredChunks: sum("expiredChunks"),
        damagedChunks: sum("damagedChunks"),
        lastWrittenAt: { $max: "$lastWrittenAt" },
        lastArchivedAt: { $max: "$lastArchivedAt" },
        ...Object.fromEntries(states),
      },
    },
    { $sort: { _id: 1 } },
  ];
}

const aboveTail = { $subtract: ["$currentLogs", "$keepHot"] };
/** All rows of an episode that ended; above the threshold those that are not of the hot tail; otherwise none. */
const waitingRows = {
  $cond: ["$ended", "$currentLogs", { $cond: [{ $gte: [aboveTail, "$archiveThreshold"] }, aboveTail, 0] }],
};

export function toEpisodeSums(found: SumDocument | undefined): EpisodeSums {
  const of = (field: keyof Summed) => Number(found?.[field] ?? 0);
  return {
    episodes: of("episodes"),
    liveEpisodes: of("liveEpisodes"),
    hotLogs: of("hotLogs"),
    hotBytes: of("hotBytes"),
    waitingLogs: of("waitingLogs"),
    archivedLogs: of("archivedLogs"),
    archivedBytes: of("archivedBytes"),
    archivedRawBytes: of("archivedRawBytes"),
    // What expired is no chunk any more; the record counts it on, because numbers are never given out again.
    chunks: of("chunks") - of("expiredChunks"),
    damagedChunks: of("damagedChunks"),
    states: statesOf((_, rank) => of(`state${rank}`)),
  };
}

/** The sums of several workspaces as those of all of them. */
export function addSums(all: readonly EpisodeSums[]): EpisodeSums {
  const total = (of: (one: EpisodeSums) => number) => all.reduce((sum, one) => sum + of(one), 0);
  return {
    episodes: total((one) => one.episodes),
    liveEpisodes: total((one) => one.liveEpisodes),
    hotLogs: total((one) => one.hotLogs),
    hotBytes: total((one) => one.hotBytes),
    waitingLogs: total((one) => one.waitingLogs),
    archivedLogs: total((one) => one.archivedLogs),
    archivedBytes: total((one) => one.archivedBytes),
    archivedRawBytes: total((one) => one.archivedRawBytes),
    chunks: total((one) => one.chunks),
    damagedChunks: total((one) => one.damagedChunks),
    states: statesOf((state) => total((one) => one.states[state])),
  };
}

function statesOf(count: (state: ArchiveState, rank: number) => number): EpisodeSums["states"] {
  const states = { damaged: 0, overdue: 0, archiving: 0, live: 0, verified: 0 };
  for (const [rank, state] of archiveStates.entries()) states[state] = count(state, rank);
  return states;
}
