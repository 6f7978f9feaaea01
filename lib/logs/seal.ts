import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogReservation, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { figuresByBlock } from "./batch-figures";
import { inOrder } from "./read/rows-in-order";
import { settle } from "./settle";
import { missingIn } from "./spans";

/**
 * A writer that has not finished by then is taken for dead; its sender has long had an error or no answer. Told by the
 * clocks of two machines: when they differ, a batch may be given up early, which costs numbers and never rows.
 */
export const abandonedAfterMs = 15 * 60_000;

/**
 * Closes reservations whose writer died, so that they hold up the archive no longer: rows that are there are counted,
 * numbers without a row become an explicit tombstone. The same batch, sent again, stores what is missing under new numbers.
 */
export async function sealAbandoned(
  scope: WorkspaceScope,
  episodeId: string,
  olderThanMs: number = abandonedAfterMs,
): Promise<{ sealed: number; missing: bigint }> {
  const abandoned = await scoped(scope)
    .collection(logReservations)
    .find({ episodeId, state: "open", createdAt: { $lte: new Date(Date.now() - olderThanMs) } })
    .sort({ startSequence: 1 })
    .limit(100)
    .toArray();
  let sealed = 0;
  let missing = 0n;
  for (const reservation of abandoned) {
    const absent = await sealOne(scope, reservation);
    if (absent === null) continue;
    sealed++;
    missing += absent;
  }
  return { sealed, missing };
}

async function sealOne(scope: WorkspaceScope, reservation: LogReservation): Promise<bigint | null> {
  const { episodeId, startSequence: from, endSequence: to } = reservation;
  const present = await scoped(scope)
    .collection(logEntries)
    .find({ episodeId, sequenceNumber: { $gte: from, $lte: to } })
    .sort({ sequenceNumber: 1 })
    .toArray();
  const missing = missingIn(
    { from, to },
    inOrder(present).map((entry) => entry.sequenceNumber),
  );
  const outcome = await settle(scope, reservation, figuresByBlock(present), missing);
  if (outcome !== "settled") return null;
  return missing.reduce((sum, span) => sum + span.to - span.from + 1n, 0n);
}

/**
 * Deletes rows that a slow writer wrote under numbers that were given up meanwhile: they are counted nowhere, the archive
 * may have passed them, and nobody was promised them. The writer does it itself unless it dies first; so the batch, sent
 * again, and the worker do it too. Of one reservation, or of all tombstones of the episode.
 */
export async function takeBack(
  scope: WorkspaceScope,
  episodeId: string,
  reservationId?: LogReservation["_id"],
): Promise<number> {
  const stores = scoped(scope);
  const tombstones = await stores
    .collection(logReservations)
    .find({ episodeId, state: "tombstone", ...(reservationId && { _id: reservationId }) })
    .sort({ startSequence: 1 })
    .toArray();
  let removed = 0;
  for (const { from, to } of tombstones.flatMap(({ missing = [] }) => missing)) {
    const { deletedCount } = await stores
      .collection(logEntries)
      .deleteMany({ episodeId, sequenceNumber: { $gte: from, $lte: to } });
    removed += deletedCount;
  }
  return removed;
}
