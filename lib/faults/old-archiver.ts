import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { commitChunk, pruneArchived } from "@/lib/archive/commit";
import { acquireLease, releaseLease } from "@/lib/archive/lease";
import { nextRange } from "@/lib/archive/range";
import { readChunk } from "@/lib/archive/read-range";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { chunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { ttlMs } from "./episode";

/**
 * One chunk as the first version of the archiver left it: no footer, no format, an index of members alone. It keeps to the
 * same lease and the same order, so both versions may be at one episode.
 */
export async function archiveAsBefore(
  scope: WorkspaceScope,
  episodeId: string,
): Promise<"archived" | "busy" | "done"> {
  const owner = `before:${randomBytes(3).toString("hex")}`;
  const taken = await acquireLease(scope, episodeId, owner, ttlMs);
  if (!taken) return "busy";
  const { lease, record } = taken;
  await pruneArchived(scope, episodeId, record.archivedThrough);
  const range = await nextRange(scope, record, true);
  const chunk = range && (await readChunk(scope, episodeId, range, record.chunkSize));
  if (!chunk) {
    await releaseLease(scope, lease);
    return "done";
  }
  const { encoded } = chunk;
  const last = encoded.index.members.at(-1);
  const file = encoded.file.subarray(0, last ? last.offset + last.length : 0);
  const sha256 = createHash("sha256").update(file).digest("hex");
  const chunkNumber = record.totalChunks;
  const key = chunkKey(scope.workspaceId, episodeId, { chunkNumber, epoch: lease.epoch, sha256 });
  await objectStore().put(key, file);
  const before = { ...chunk, encoded: { ...encoded, file, sha256 } };
  await commitChunk(scope, lease, chunkNumber, key, before);
  await forgetFormat(scope, episodeId, chunkNumber);
  await pruneArchived(scope, episodeId, encoded.endSequence);
  await releaseLease(scope, lease);
  return "archived";
}

/** Takes away what that version did not write. */
async function forgetFormat(scope: WorkspaceScope, episodeId: string, chunkNumber: number): Promise<void> {
  const one = { episodeId, chunkNumber };
  await scoped(scope)
    .collection(logChunks)
    .updateOne(one, { $unset: { format: "" } });
  await scoped(scope)
    .collection(logChunkIndex)
    .updateOne(one, {
      $unset: { bloom: "", histogram: "", templates: "", otherTemplates: "", slotWidth: "", facets: "" },
    });
}
