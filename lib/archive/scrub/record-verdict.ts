import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { Verdict } from "./inspect-chunk";

/**
 * Puts on the chunk what was found, and moves the episode's count of bad chunks with it, in one transaction. "healed": a
 * chunk that was bad is good again, because somebody brought its object back. "gone": the chunk ended while we looked.
 */
export function recordVerdict(
  scope: WorkspaceScope,
  { _id, src, episodeId }: LogChunk,
  { state, damage }: Verdict,
): Promise<"same" | "damaged" | "healed" | "gone"> {
  return scoped(scope).transaction(async (tx) => {
    const chunks = tx.collection(logChunks);
    const current = await chunks.findOne({ _id, src });
    if (!current) return "gone";
    const now = new Date();
    if (state === "unreadable") {
      // Not looked at, so it stays due; but behind those that can be: a store that keeps one object from us gives others.
      await chunks.updateOne({ _id }, { $set: { unreadAt: now } });
      return "same";
    }
    const good = state === "verified";
    await chunks.updateOne(
      { _id },
      good
        ? { $set: { state, verifiedAt: now, checkedAt: now }, $unset: { damage: "", unreadAt: "" } }
        : { $set: { state, damage, checkedAt: now }, $unset: { unreadAt: "" } },
    );
    const wasGood = current.state === "verified";
    if (good === wasGood) return "same";
    await tx.collection(logMetadata).updateOne({ episodeId }, { $inc: { damagedChunks: good ? -1 : 1 } });
    return good ? "healed" : "damaged";
  });
}
