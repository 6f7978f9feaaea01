import "server-only";
import type { PlatformScope } from "@/lib/auth/access";
import { logArchiveAttempts, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { day, hour } from "@/lib/time";
import { toArchiveAttempt } from "../attempt-list";
import { addSums, type SumDocument, sumStages, toEpisodeSums } from "../episode-sums";
import { getOldestLiveAnywhere } from "../oldest-live";
import { getMovedIn, type Moved, rateWindowMs, toRates } from "../rates";
import { overdueFilter } from "../scrub/cadence";
import { listPlaces } from "./places";
import { byRisk } from "./risk";
import type { FailedAttempt, HeldLease, PlatformArchive, WorkspaceArchive } from "./schema";

export { listEpisodesIn } from "../episode-list";

/*
 * The archive across workspaces, for the platform's own pages: counters, times and the sentences of failures. No function here
 * reads a row, and none returns a part of one.
 */

const patience = { maxTimeMS: 20_000 };
const leasesShown = 50;
const attemptsShown = 30;

/** Every workspace that has logs, and their sums. Of one workspace alone when it is named. */
export async function getPlatformArchive(
  scope: PlatformScope,
  workspaceId: string | null = null,
): Promise<PlatformArchive> {
  const now = new Date();
  const here = workspaceId === null ? {} : { workspaceId };
  const [summed, overdue, failed, oldest] = await Promise.all([
    acrossWorkspaces(scope, logMetadata)
      .aggregate<SumDocument>([{ $match: here }, ...sumStages("$workspaceId", now)], patience)
      .toArray(),
    countBy(scope, logChunks, { ...here, ...overdueFilter(now) }),
    countBy(scope, logArchiveAttempts, {
      ...here,
      outcome: "failed",
      startedAt: { $gte: new Date(now.getTime() - day) },
    }),
    getOldestLiveAnywhere(scope, now, workspaceId),
  ]);
  const ids = summed.flatMap(({ _id }) => _id ?? []);
  const [places, moved] = await Promise.all([listPlaces(scope, ids), movedIn(scope, summed, now)]);
  const workspaces = summed.map((document): WorkspaceArchive => {
    const id = document._id ?? "";
    const place = places.get(id);
    return {
      ...toEpisodeSums(document),
      workspaceId: id,
      slug: place?.slug ?? null,
      name: place?.name ?? "a workspace that is gone",
      isCanary: place?.isCanary ?? false,
      overdueChunks: overdue.get(id) ?? 0,
      failedAttempts24h: failed.get(id) ?? 0,
      rates: toRates(moved.get(id) ?? nothingMoved(now), now),
      sweep: place?.sweep ?? null,
    };
  });
  const sums = addSums(workspaces);
  const total = (of: (one: WorkspaceArchive) => number) => workspaces.reduce((sum, one) => sum + of(one), 0);
  return {
    totals: {
      ...sums,
      verifiedChunks: sums.chunks - sums.damagedChunks,
      overdueChunks: total((one) => one.overdueChunks),
      oldest,
      failedAttempts24h: total((one) => one.failedAttempts24h),
      asOf: now.toISOString(),
    },
    rates: {
      archivedPerSecond: total((one) => one.rates.archivedPerSecond),
      ingestedPerSecond: total((one) => one.rates.ingestedPerSecond),
      since: new Date(now.getTime() - rateWindowMs).toISOString(),
    },
    workspaces: byRisk(workspaces),
  };
}

/** Who archives what now. A lease in force makes its episode due when it ends at the latest, and that has an index. */
export async function listHeldLeases(scope: PlatformScope): Promise<HeldLease[]> {
  const now = new Date();
  const found = await acrossWorkspaces(scope, logMetadata)
    .find(
      {
        archiveDueAt: { $lte: new Date(now.getTime() + hour) },
        "archiveLease.expiresAt": { $gt: now },
      },
      { projection: { workspaceId: 1, episodeId: 1, archiveLease: 1 }, ...patience },
    )
    .sort({ archiveDueAt: 1 })
    .limit(leasesShown)
    .toArray();
  return found.flatMap(({ workspaceId, episodeId, archiveLease: lease }) =>
    lease
      ? [
          {
            workspaceId,
            episodeId,
            owner: lease.owner,
            epoch: lease.epoch,
            expiresAt: lease.expiresAt.toISOString(),
          },
        ]
      : [],
  );
}

/** Attempts that failed, the last first, of all workspaces or of one. */
export async function listFailedAttempts(
  scope: PlatformScope,
  workspaceId: string | null = null,
): Promise<FailedAttempt[]> {
  const found = await acrossWorkspaces(scope, logArchiveAttempts)
    .find({ outcome: "failed", ...(workspaceId !== null && { workspaceId }) }, patience)
    .sort({ startedAt: -1 })
    .limit(attemptsShown)
    .toArray();
  return found.map((attempt) => ({
    ...toArchiveAttempt(attempt),
    workspaceId: attempt.workspaceId,
    episodeId: attempt.episodeId,
  }));
}

async function countBy(
  scope: PlatformScope,
  definition: typeof logChunks | typeof logArchiveAttempts,
  filter: object,
): Promise<Map<string, number>> {
  const found = await acrossWorkspaces<typeof definition>(scope, definition)
    .aggregate<{ _id: string; count: number }>(
      [{ $match: filter }, { $group: { _id: "$workspaceId", count: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      patience,
    )
    .toArray();
  return new Map(found.map(({ _id, count }) => [_id, Number(count)]));
}

/** Only workspaces in which something moved of late are asked how much. */
async function movedIn(scope: PlatformScope, summed: SumDocument[], now: Date): Promise<Map<string, Moved>> {
  const since = new Date(now.getTime() - rateWindowMs);
  const active = summed.flatMap(({ _id, lastWrittenAt, lastArchivedAt }) =>
    _id !== null && [lastWrittenAt, lastArchivedAt].some((at) => at && at >= since) ? [_id] : [],
  );
  return new Map(
    await Promise.all(active.map(async (id) => [id, await getMovedIn(scope, id, now)] as const)),
  );
}

const nothingMoved = (now: Date): Moved => ({
  archivedRows: 0,
  ingestedRows: 0,
  since: new Date(now.getTime() - rateWindowMs),
});
