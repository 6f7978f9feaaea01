import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks, type ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { overlap, type Span } from "../spans";

const minute = 60_000;
/** When this process last wrote `lastAccessed` of a chunk. */
const noted = new Map<string, number>();

/** Notes a read, at most once per chunk and minute: reading must not turn into writing, and a failed note fails no read. */
export async function noteAccess(scope: WorkspaceScope, chunk: ReadableChunk): Promise<void> {
  const now = Date.now();
  const id = String(chunk._id);
  if (now - Math.max(noted.get(id) ?? 0, chunk.lastAccessed.getTime()) < minute) return;
  if (noted.size > 10_000) noted.clear();
  noted.set(id, now);
  try {
    await scoped(scope)
      .collection(logChunks)
      .updateOne(
        { _id: chunk._id, lastAccessed: { $lt: new Date(now - minute) } },
        { $set: { lastAccessed: new Date(now) } },
      );
  } catch (error) {
    console.error(
      `The last access of chunk ${chunk.chunkNumber} of ${chunk.episodeId} was not noted:`,
      error,
    );
  }
}

/** The rows that a reader found unreadable go on record, once, so that the archive page and the overview name them. */
export async function noteDamage(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  span: Span,
  reason: "damaged" | "missing",
): Promise<void> {
  const whole = { from: chunk.startSequence, to: chunk.endSequence };
  // Without its object nothing of a chunk can be read.
  const found = reason === "missing" ? whole : span;
  if (isKnown(chunk, found)) return;
  try {
    await scoped(scope).transaction(async (tx) => {
      const chunks = tx.collection(logChunks);
      const current = await chunks.findOne({ _id: chunk._id });
      if (!current || isKnown(current, found)) return;
      const damage = [
        ...(current.damage ?? []).filter((part) => !overlap(part, found)),
        { ...found, reason },
      ];
      await chunks.updateOne(
        { _id: chunk._id },
        { $set: { state: reason, damage: damage.toSorted(byStart) } },
      );
      if (current.state !== "verified") return;
      await tx
        .collection(logMetadata)
        .updateOne({ episodeId: chunk.episodeId }, { $inc: { damagedChunks: 1 } });
    });
  } catch (error) {
    console.error(`The damage of chunk ${chunk.chunkNumber} of ${chunk.episodeId} was not noted:`, error);
  }
}

/** A chunk that is not verified and names no rows has none that can be read. */
function isKnown({ state, damage }: ReadableChunk, found: Span): boolean {
  if (state === "verified") return false;
  return damage === undefined || damage.some(({ from, to }) => from <= found.from && to >= found.to);
}

function byStart(a: Span, b: Span): number {
  return a.from < b.from ? -1 : 1;
}
