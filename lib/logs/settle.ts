import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import {
  type LogReservation,
  logBlocks,
  logMetadata,
  logReservations,
} from "@/lib/mongo/collections/log-episodes";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { figuresByBlock, type LevelTally, levelIncrements, sumOf } from "./batch-figures";
import type { Span } from "./spans";
import { inTurn } from "./turns";

/**
 * Closes a reservation and counts its rows, in one transaction: I5 and I6 hold before and after it, and however many
 * senders of the batch come here, one of them counts. Numbers that will never get a row are named in `missing`.
 */
export function settle(
  scope: WorkspaceScope,
  reservation: LogReservation,
  entries: LogEntry[],
  missing: Span[] = [],
): Promise<"settled" | "settled_before" | "given_up"> {
  return inTurn(`${scope.workspaceId}/${reservation.episodeId}`, () =>
    scoped(scope).transaction(async (tx) => {
      const now = new Date();
      const reservations = tx.collection(logReservations);
      const closed = await reservations.updateOne(
        { _id: reservation._id, state: "open" },
        {
          $set: {
            settledAt: now,
            ...(missing.length > 0 ? { state: "tombstone", missing } : { state: "filled" }),
          },
        },
      );
      if (closed.modifiedCount === 0) {
        const other = await reservations.findOne({ _id: reservation._id });
        return other?.state === "filled" ? "settled_before" : "given_up";
      }
      if (entries.length > 0) await count(tx, reservation.episodeId, entries, now);
      return "settled";
    }),
  );
}

async function count(tx: Scoped, episodeId: string, entries: LogEntry[], now: Date): Promise<void> {
  const byBlock = figuresByBlock(entries);
  const { count, bytes, levels, firstAt, lastAt } = sumOf(byBlock.values());
  const records = tx.collection(logMetadata);
  // First the record of the episode: it is what two transactions of an episode meet at, so that the blocks below are
  // touched by one of them at a time.
  const before = await records.findOneAndUpdate(
    { episodeId },
    {
      $inc: {
        totalLogs: count,
        currentLogs: count,
        currentMongoBytes: bytes,
        ...levelIncrements("levelCounts", levels),
      },
      $max: { lastLogAt: lastAt },
      $set: { updatedAt: now, lastWrittenAt: now },
    },
    { returnDocument: "before", projection: { firstLogAt: 1 } },
  );
  if (!before) throw new Error(`Episode ${episodeId} has no record`);
  // Not $min: null sorts before every date.
  if (before.firstLogAt === null || firstAt < before.firstLogAt) {
    await records.updateOne({ episodeId }, { $set: { firstLogAt: firstAt } });
  }
  const blocks = [...byBlock].map(([block, figures]) => ({
    filter: { episodeId, block },
    update: {
      $inc: { ...levelIncrements("levelCounts", figures.levels) },
      $setOnInsert: missingLevels(figures.levels),
      $min: { startTime: figures.firstAt },
      $max: { endTime: figures.lastAt },
    },
    upsert: true,
  }));
  await tx.collection(logBlocks).bulkUpdate(blocks);
}

/** A new block has every level from its first moment, as its validator asks. */
function missingLevels(levels: LevelTally): Record<string, bigint> {
  const absent = Object.entries(levels).filter(([, count]) => count === 0n);
  return Object.fromEntries(absent.map(([level]) => [`levelCounts.${level}`, 0n]));
}
