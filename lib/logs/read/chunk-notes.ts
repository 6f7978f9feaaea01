import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";

const minute = 60_000;
/** When this process last wrote `lastAccessed` of a chunk. */
const noted = new Map<string, number>();

/** Notes a read, at most once per chunk and minute: reading must not turn into writing, and a failed note fails no read. */
export async function noteAccess(scope: WorkspaceScope, chunk: LogChunk): Promise<void> {
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

/** What a reader found wrong with a chunk goes on record, once, so that the archive page names it. */
export async function noteDamage(
  scope: WorkspaceScope,
  chunk: LogChunk,
  state: "damaged" | "missing",
): Promise<void> {
  if (chunk.state !== "verified") return;
  try {
    await scoped(scope).transaction(async (tx) => {
      const changed = await tx
        .collection(logChunks)
        .updateOne({ _id: chunk._id, state: "verified" }, { $set: { state } });
      if (changed.modifiedCount === 0) return;
      await tx
        .collection(logMetadata)
        .updateOne({ episodeId: chunk.episodeId }, { $inc: { damagedChunks: 1 } });
    });
  } catch (error) {
    console.error(`The damage of chunk ${chunk.chunkNumber} of ${chunk.episodeId} was not noted:`, error);
  }
}
