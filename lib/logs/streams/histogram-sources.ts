import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { type StreamRecord, setFilter } from "./candidates";
import type { StreamSet } from "./stream-set";

/** First and last moment. */
export interface TimeRange {
  first: number;
  last: number;
}

/** Chunks of one chart at most. */
const mostChunks = 10_000;

/** Streams with rows in a range of time, those with most rows first; one more than asked for says that there are more. */
export async function listRecords(
  scope: WorkspaceScope,
  set: StreamSet,
  { first, last }: TimeRange,
  limit: number,
): Promise<StreamRecord[]> {
  const found = await scoped(scope)
    .collection(logMetadata)
    .find(
      {
        ...setFilter(set),
        totalLogs: { $gt: 0n },
        lastLogAt: { $gte: new Date(first) },
        firstLogAt: { $lte: new Date(last) },
      },
      { maxTimeMS: 10_000 },
    )
    .sort({ totalLogs: -1, episodeId: 1 })
    .limit(limit + 1)
    .toArray();
  return found.filter((record): record is StreamRecord => record.firstLogAt !== null);
}

/** Their chunks in that range, as far as their records know them. */
export async function listChunks(
  scope: WorkspaceScope,
  records: StreamRecord[],
  { first, last }: TimeRange,
): Promise<LogChunk[]> {
  const archived = records.filter(({ archivedThrough }) => archivedThrough >= 0n);
  if (archived.length === 0) return [];
  const chunks = await scoped(scope)
    .collection(logChunks)
    .find(
      {
        episodeId: { $in: archived.map(({ episodeId }) => episodeId) },
        startTime: { $lte: new Date(last) },
        endTime: { $gte: new Date(first) },
      },
      { maxTimeMS: 10_000 },
    )
    .sort({ startSequence: 1 })
    .limit(mostChunks)
    .toArray();
  const through = new Map(archived.map(({ episodeId, archivedThrough }) => [episodeId, archivedThrough]));
  return chunks.filter(({ episodeId, endSequence }) => endSequence <= (through.get(episodeId) ?? -1n));
}

/** Whether rows have moved to the archive since the records were read. */
export async function anyMoved(scope: WorkspaceScope, records: StreamRecord[]): Promise<boolean> {
  const moving = records.filter((record) => record.archivedThrough + 1n < record.nextSequenceNumber);
  if (moving.length === 0) return false;
  const through = new Map(moving.map(({ episodeId, archivedThrough }) => [episodeId, archivedThrough]));
  const found = await scoped(scope)
    .collection(logMetadata)
    .find(
      { episodeId: { $in: [...through.keys()] } },
      { projection: { episodeId: 1, archivedThrough: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ episodeId: 1 })
    .toArray();
  return found.some(({ episodeId, archivedThrough }) => through.get(episodeId) !== archivedThrough);
}
