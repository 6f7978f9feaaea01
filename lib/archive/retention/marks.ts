import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { passFence, raiseFence } from "../fence";
import { heldEpisodes } from "../hold";
import type { RetentionPolicy } from "./policy";

const day = 86_400_000;
const hour = 3_600_000;

/**
 * What a policy ends: chunks that were archived before this moment. Not by the times in the rows: those are a producer's, and
 * a wrong clock in 1970 must not delete what came in today.
 */
export function cutoffOf({ days }: Pick<RetentionPolicy, "days">, now = new Date()): Date {
  return new Date(now.getTime() - days * day);
}

/**
 * Brings the marks to what policy and holds say now. Marking is the first of two phases: a marked chunk is read like any
 * other and is deleted only when its delay has passed and the mark is still there. Safe to repeat.
 */
export async function alignMarks(
  scope: WorkspaceScope,
  policy: RetentionPolicy | null,
): Promise<{ marked: number; unmarked: number }> {
  await raiseFence(scope, "deletion");
  const held = await heldEpisodes(scope);
  const chunks = scoped(scope).collection(logChunks);
  if (!policy || held === null) {
    const all = await chunks.updateMany({ deleteAfter: { $exists: true } }, { $unset: { deleteAfter: "" } });
    return { marked: 0, unmarked: all.modifiedCount };
  }
  const cutoff = cutoffOf(policy);
  const kept = await chunks.updateMany(
    { deleteAfter: { $exists: true }, $or: [{ createdAt: { $gte: cutoff } }, { episodeId: { $in: held } }] },
    { $unset: { deleteAfter: "" } },
  );
  const deleteAfter = new Date(Date.now() + policy.undoHours * hour);
  const marked = await scoped(scope).transaction(async (tx) => {
    // A hold that is placed now either sees these marks and takes them away, or is seen when the chunk is to be deleted.
    await passFence(tx, "deletion");
    return tx
      .collection(logChunks)
      .updateMany(
        { createdAt: { $lt: cutoff }, deleteAfter: { $exists: false }, episodeId: { $nin: held } },
        { $set: { deleteAfter } },
      );
  });
  return { marked: marked.modifiedCount, unmarked: kept.modifiedCount };
}
