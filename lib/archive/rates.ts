import "server-only";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogReservation, logReservations } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { minute } from "@/lib/time";
import type { ArchiveRates } from "./drain";

/** Long enough that an archiver which makes a chunk now and then has a rate, short enough to be "now". */
export const rateWindowMs = 5 * minute;

/** Batches that are read for the rate of what comes in. A workspace that sends more of them has a shorter window. */
const batchesRead = 5_000;

/** What both rates are made of; the same shape for one workspace and for the platform. */
export interface Moved {
  archivedRows: number;
  ingestedRows: number;
  since: Date;
}

/**
 * How fast rows come in and go. Archived: the rows of the chunks that were committed; a chunk's record is written in the
 * transaction that makes its rows cold. Taken in: the rows of the batches that were settled, from their reservations. Both are
 * read by index over the same window; no row is counted.
 */
export async function getArchiveRates(scope: WorkspaceScope, now = new Date()): Promise<ArchiveRates> {
  const stores = scoped(scope);
  const moved = await readMoved(
    (since) =>
      stores
        .collection(logReservations)
        .find({ createdAt: { $gte: since } }, batchFields)
        .sort({ createdAt: -1 })
        .limit(batchesRead)
        .toArray(),
    (since) =>
      stores
        .collection(logChunks)
        .find({ createdAt: { $gte: since } }, chunkFields)
        .sort({ createdAt: -1 })
        .limit(batchesRead)
        .toArray(),
    now,
  );
  return toRates(moved, now);
}

/** The same of a workspace that somebody looks at from the platform. */
export function getMovedIn(scope: PlatformScope, workspaceId: string, now: Date): Promise<Moved> {
  return readMoved(
    (since) =>
      acrossWorkspaces(scope, logReservations)
        .find({ workspaceId, createdAt: { $gte: since } }, batchFields)
        .sort({ createdAt: -1 })
        .limit(batchesRead)
        .toArray(),
    (since) =>
      acrossWorkspaces(scope, logChunks)
        .find({ workspaceId, createdAt: { $gte: since } }, chunkFields)
        .sort({ createdAt: -1 })
        .limit(batchesRead)
        .toArray(),
    now,
  );
}

const batchFields = { projection: { _id: 0, accepted: 1, state: 1, createdAt: 1 }, maxTimeMS: 10_000 };
const chunkFields = { projection: { _id: 0, logCount: 1, createdAt: 1 }, maxTimeMS: 10_000 };

async function readMoved(
  readBatches: (since: Date) => Promise<Pick<LogReservation, "accepted" | "state" | "createdAt">[]>,
  readChunks: (since: Date) => Promise<Pick<LogChunk, "logCount">[]>,
  now: Date,
): Promise<Moved> {
  const start = new Date(now.getTime() - rateWindowMs);
  const batches = await readBatches(start);
  const full = batches.length === batchesRead;
  const since = (full && batches.at(-1)?.createdAt) || start;
  const chunks = await readChunks(since);
  return {
    archivedRows: chunks.reduce((sum, { logCount }) => sum + logCount, 0),
    // One that is open has not counted its rows yet; of one that was given up some are not there.
    ingestedRows: batches.reduce((sum, { state, accepted }) => sum + (state === "filled" ? accepted : 0), 0),
    since,
  };
}

export function toRates({ archivedRows, ingestedRows, since }: Moved, now: Date): ArchiveRates {
  const seconds = Math.max(1, (now.getTime() - since.getTime()) / 1000);
  return {
    archivedPerSecond: archivedRows / seconds,
    ingestedPerSecond: ingestedRows / seconds,
    since: since.toISOString(),
  };
}
