import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize, type LevelTally } from "../batch-figures";
import { toLevelCounts } from "../episode-summary";
import { logLevels } from "../level";
import type { EpisodeOverview } from "../schema";
import { smaller } from "../spans";
import { findRecord } from "./page";

interface Slice extends LevelTally {
  _id: number;
  startAt: Date;
  endAt: Date;
}

/** Slices of an episode from the counts that ingest keeps. No entry and no object is read, however long the episode is. */
export async function readOverview(
  scope: WorkspaceScope,
  episodeId: string,
  buckets: number,
): Promise<EpisodeOverview | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const asOf = new Date().toISOString();
  const next = record.nextSequenceNumber;
  const blocks = Number((next + blockSize - 1n) / blockSize);
  if (blocks === 0) return { buckets: [], gaps: [], asOf };
  const blocksPerBucket = Math.ceil(blocks / Math.max(1, buckets));
  const width = BigInt(blocksPerBucket) * blockSize;
  const [slices, gaps] = await Promise.all([
    sumSlices(scope, episodeId, blocksPerBucket),
    listLosses(scope, episodeId),
  ]);
  return {
    buckets: slices.map(({ _id, startAt, endAt, ...levels }) => {
      const from = BigInt(_id) * width;
      const end = smaller(from + width, next);
      return {
        from: from.toString(),
        to: (end - 1n).toString(),
        startAt: startAt.toISOString(),
        endAt: endAt.toISOString(),
        levels: toLevelCounts(levels),
      };
    }),
    gaps,
    asOf,
  };
}

function sumSlices(scope: WorkspaceScope, episodeId: string, blocksPerBucket: number): Promise<Slice[]> {
  return scoped(scope)
    .collection(logBlocks)
    .aggregate<Slice>(
      [
        { $match: { episodeId } },
        {
          $group: {
            _id: { $toInt: { $floor: { $divide: ["$block", blocksPerBucket] } } },
            ...Object.fromEntries(logLevels.map((level) => [level, { $sum: `$levelCounts.${level}` }])),
            startAt: { $min: "$startTime" },
            endAt: { $max: "$endTime" },
          },
        },
        { $sort: { _id: 1 } },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
}

async function listLosses(scope: WorkspaceScope, episodeId: string): Promise<EpisodeOverview["gaps"]> {
  const stores = scoped(scope);
  const chunks = await stores
    .collection(logChunks)
    .find({ episodeId, state: { $ne: "verified" } })
    .sort({ startSequence: 1 })
    .limit(1000)
    .toArray();
  const ended = await stores
    .collection(logExpired)
    .find({ episodeId }, { projection: { startSequence: 1, endSequence: 1 } })
    .sort({ startSequence: 1 })
    .limit(1000)
    .toArray();
  const given = await stores
    .collection(logReservations)
    .find({ episodeId, state: "tombstone" })
    .sort({ startSequence: 1 })
    .limit(1000)
    .toArray();
  return [
    ...chunks.flatMap((chunk) => lossesOf(chunk)),
    ...ended.map((chunk) => ({ ...rangeOf(chunk), reason: "expired" })),
    ...given.flatMap(({ missing = [] }) =>
      missing.map(({ from, to }) => ({ from: from.toString(), to: to.toString(), reason: "never_written" })),
    ),
  ];
}

/** The rows of a bad chunk that cannot be read: those it names, or all of it when it names none. */
function lossesOf(chunk: LogChunk): EpisodeOverview["gaps"] {
  if (!chunk.damage) return [{ ...rangeOf(chunk), reason: chunk.state }];
  return chunk.damage.map(({ from, to, reason }) => ({ from: from.toString(), to: to.toString(), reason }));
}

function rangeOf({ startSequence, endSequence }: { startSequence: bigint; endSequence: bigint }) {
  return { from: startSequence.toString(), to: endSequence.toString() };
}
