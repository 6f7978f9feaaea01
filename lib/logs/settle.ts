import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import {
  type LogReservation,
  logBlocks,
  logMetadata,
  logReservations,
} from "@/lib/mongo/collections/log-episodes";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { dueAfterWriting } from "./archive-due";
import { type Figures, type LevelTally, levelIncrements, sumOf } from "./batch-figures";
import { logLevels } from "./level";
import type { Span } from "./spans";
import { inTurn } from "./turns";

/**
 * Closes a reservation and counts its rows, in one transaction: I5 and I6 hold before and after it, and however many
 * senders of the batch come here, one of them counts. `figures` are of the rows, per block (batch-figures.ts). Numbers that will never get a row are named in `missing`.
 */
export function settle(
  scope: WorkspaceScope,
  reservation: LogReservation,
  figures: Map<number, Figures>,
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
      if (figures.size > 0) await count(tx, reservation.episodeId, figures, now);
      return "settled";
    }),
  );
}

async function count(tx: Scoped, episodeId: string, byBlock: Map<number, Figures>, now: Date): Promise<void> {
  const { count, bytes, levels, firstAt, lastAt } = sumOf(byBlock.values());
  const plus = (path: string, amount: bigint) => ({ [path]: { $add: [`$${path}`, amount] } });
  // First the record of the episode: it is what two transactions of an episode meet at, so that the blocks below are
  // touched by one of them at a time. As a pipeline it is one write, also for the first batch: there $min passes over null.
  const counted = await tx.collection(logMetadata).updateOne({ episodeId }, [
    {
      $set: {
        ...plus("totalLogs", count),
        ...plus("currentLogs", count),
        ...plus("currentMongoBytes", bytes),
        ...Object.assign({}, ...logLevels.map((level) => plus(`levelCounts.${level}`, levels[level]))),
        firstLogAt: { $min: ["$firstLogAt", firstAt] },
        lastLogAt: { $max: ["$lastLogAt", lastAt] },
        updatedAt: now,
        lastWrittenAt: now,
        archiveDueAt: dueAfterWriting(count),
      },
    },
  ]);
  if (counted.matchedCount === 0)
    throw new AppError("conflict", `Episode ${episodeId} was deleted while this was stored.`);
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
