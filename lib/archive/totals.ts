import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logArchiveAttempts } from "@/lib/mongo/collections/log-chunks";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveTotals } from "./schema";

const day = 86_400_000;
/** Episodes that are asked for their oldest waiting row; the longest queues come first. */
const queuesLookedAt = 50;

interface Sums {
  episodes: number;
  hotLogs: bigint;
  hotBytes: bigint;
  archivedLogs: bigint;
  archivedBytes: bigint;
  archivedRawBytes: bigint;
  chunks: number;
  expiredChunks: number;
  damagedChunks: number;
}

/** What lies hot and cold in the workspace, and what waits. Sums of the episodes' counters: no row and no object is read. */
export async function getArchiveTotals(scope: WorkspaceScope): Promise<ArchiveTotals> {
  const now = new Date();
  const [sums, oldest, failedAttempts24h] = await Promise.all([
    sumEpisodes(scope),
    oldestWaiting(scope),
    scoped(scope)
      .collection(logArchiveAttempts)
      .countDocuments({ outcome: "failed", startedAt: { $gte: new Date(now.getTime() - day) } }),
  ]);
  const chunks = Number(sums?.chunks ?? 0) - Number(sums?.expiredChunks ?? 0);
  return {
    episodes: Number(sums?.episodes ?? 0),
    hotLogs: Number(sums?.hotLogs ?? 0),
    hotBytes: Number(sums?.hotBytes ?? 0),
    archivedLogs: Number(sums?.archivedLogs ?? 0),
    archivedBytes: Number(sums?.archivedBytes ?? 0),
    archivedRawBytes: Number(sums?.archivedRawBytes ?? 0),
    chunks,
    verifiedChunks: chunks - Number(sums?.damagedChunks ?? 0),
    oldestWaitingSeconds: oldest && Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000)),
    failedAttempts24h,
    asOf: now.toISOString(),
  };
}

async function sumEpisodes(scope: WorkspaceScope): Promise<Sums | undefined> {
  const sum = (field: string) => ({ $sum: `$${field}` });
  const [sums] = await scoped(scope)
    .collection(logMetadata)
    .aggregate<Sums>(
      [
        {
          $group: {
            _id: null,
            episodes: { $sum: 1 },
            hotLogs: sum("currentLogs"),
            hotBytes: sum("currentMongoBytes"),
            archivedLogs: sum("archivedLogs"),
            archivedBytes: sum("archivedS3Bytes"),
            archivedRawBytes: sum("archivedRawBytes"),
            chunks: sum("totalChunks"),
            expiredChunks: sum("expiredChunks"),
            damagedChunks: sum("damagedChunks"),
          },
        },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  return sums;
}

/** When the oldest row arrived that an archiver should have taken. */
async function oldestWaiting(scope: WorkspaceScope): Promise<Date | null> {
  const stores = scoped(scope);
  const waiting = await stores
    .collection(logMetadata)
    .find(
      {
        currentLogs: { $gt: 0n },
        $or: [
          { ended: true },
          { $expr: { $gte: [{ $subtract: ["$currentLogs", "$keepHot"] }, "$archiveThreshold"] } },
        ],
      },
      { projection: { episodeId: 1, archivedThrough: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ currentLogs: -1 })
    .limit(queuesLookedAt)
    .toArray();
  const oldest = await Promise.all(
    waiting.map(({ episodeId, archivedThrough }) =>
      stores
        .collection(logEntries)
        .findOne(
          { episodeId, sequenceNumber: { $gt: archivedThrough } },
          { sort: { sequenceNumber: 1 }, projection: { createdAt: 1 } },
        ),
    ),
  );
  const times = oldest.flatMap((entry) => (entry ? [entry.createdAt.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
