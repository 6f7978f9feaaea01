import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logArchiveAttempts, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { type SumDocument, sumStages, toEpisodeSums } from "./episode-sums";
import { getOldestLive } from "./oldest-live";
import type { ArchiveTotals } from "./schema";
import { mostOverdueCounted, overdueFilter } from "./scrub/cadence";

/** What lies hot and cold in the workspace, and what waits. Sums of the episodes' counters: no row and no object is read. */
export async function getArchiveTotals(scope: WorkspaceScope): Promise<ArchiveTotals> {
  const now = new Date();
  const stores = scoped(scope);
  const patience = { maxTimeMS: 10_000 };
  const [[summed], oldest, failedAttempts24h, overdueChunks] = await Promise.all([
    stores.collection(logMetadata).aggregate<SumDocument>(sumStages(null, now), patience).toArray(),
    getOldestLive(scope, now),
    stores
      .collection(logArchiveAttempts)
      .countDocuments({ outcome: "failed", startedAt: { $gte: new Date(now.getTime() - day) } }, patience),
    stores
      .collection(logChunks)
      .countDocuments(overdueFilter(now), { limit: mostOverdueCounted, ...patience }),
  ]);
  const sums = toEpisodeSums(summed);
  return {
    ...sums,
    verifiedChunks: sums.chunks - sums.damagedChunks,
    overdueChunks,
    oldest,
    failedAttempts24h,
    asOf: now.toISOString(),
  };
}
