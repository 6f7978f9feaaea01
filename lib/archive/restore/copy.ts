import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { documentOfLine } from "@/lib/logs/line-document";
import { membersOf } from "@/lib/logs/read/cold-rows";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogRestore, logEntriesRestored, logRestores } from "@/lib/mongo/collections/log-operations";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { chunksIn } from "./plan";

export type RestorePoint = "member_copied" | "rows_copied" | "chunk_marked" | "all_copied";
/** Called at each point; where a fault test stops the process. */
export type OnRestore = (point: RestorePoint) => Promise<void> | void;

const unpack = promisify(gunzip);

/**
 * Copies what a restore asked for, chunk by chunk. Each chunk is marked only when every row of it is there, and only marked
 * chunks are read from the copy, so a kill at any point costs the copies nothing but time: the next call finds the rows,
 * copies the missing ones, and goes on. Copying twice, or by two workers at once, leaves one copy.
 */
export async function copyRestore(
  scope: WorkspaceScope,
  restore: LogRestore,
  { signal, onPoint = () => {} }: { signal?: AbortSignal; onPoint?: OnRestore } = {},
): Promise<"ready" | "stopped" | "failed"> {
  const { _id, episodeId, from, to } = restore;
  const restores = scoped(scope).collection(logRestores);
  const chunks = await chunksIn(scoped(scope), episodeId, { from, to });
  for (const [done, chunk] of chunks.entries()) {
    if (done < restore.chunksDone) continue;
    const current = await restores.findOne({ _id, state: "copying" });
    if (!current || signal?.aborted) return "stopped";
    try {
      await copyChunk(scope, chunk, current.expiresAt, onPoint);
    } catch (error) {
      // A store that is away comes back; what is wrong with the archive itself does not pass.
      if (!(error instanceof AppError) || error.code === "unavailable") throw error;
      await restores.updateOne(
        { _id, state: "copying" },
        { $set: { state: "failed", error: error.message } },
      );
      return "failed";
    }
    await onPoint("chunk_marked");
    const { expiresAt } = current;
    await restores.updateOne({ _id, state: "copying", expiresAt }, { $set: { chunksDone: done + 1 } });
  }
  await onPoint("all_copied");
  // Under the time that was copied with: an extension that came meanwhile has another round.
  const ready = await restores.updateOne(
    { _id, state: "copying", expiresAt: restore.expiresAt },
    { $set: { state: "ready" } },
  );
  return ready.matchedCount === 1 ? "ready" : "stopped";
}

async function copyChunk(
  scope: WorkspaceScope,
  chunk: LogChunk,
  expiresAt: Date,
  onPoint: OnRestore,
): Promise<void> {
  const { _id, episodeId, startSequence, endSequence, logCount } = chunk;
  const rows = scoped(scope).collection(logEntriesRestored);
  const span = { episodeId, sequenceNumber: { $gte: startSequence, $lte: endSequence } };
  // First those that are there: what stays needs no second copy, and nothing of it ends while we count.
  await rows.updateMany({ ...span, expiresAt: { $lt: expiresAt } }, { $set: { expiresAt } });
  if ((await rows.countDocuments(span)) !== logCount) await insertRows(scope, chunk, expiresAt, onPoint);
  const copied = await rows.countDocuments(span);
  if (copied !== logCount) throw new Error(`${copied} rows of chunk ${_id} are restored, it has ${logCount}`);
  await onPoint("rows_copied");
  const marked = await scoped(scope)
    .collection(logChunks)
    .updateOne({ _id }, { $max: { restoredUntil: expiresAt } });
  if (marked.matchedCount === 1) return;
  // Its retention was over meanwhile: what is deleted must not live on in a copy.
  await rows.deleteMany(span);
  throw new AppError(
    "conflict",
    `Chunk ${chunk.chunkNumber} was deleted by the retention of this workspace.`,
  );
}

async function insertRows(
  scope: WorkspaceScope,
  chunk: LogChunk,
  expiresAt: Date,
  onPoint: OnRestore,
): Promise<void> {
  const bytes = await readWhole(chunk);
  for (const { offset, length } of await membersOf(scope, chunk)) {
    const text = (await unpack(bytes.subarray(offset, offset + length))).toString("utf8");
    const entries = text
      .split("\n")
      .filter(Boolean)
      .map((line) => ({ ...documentOfLine(line, chunk), expiresAt }));
    try {
      await scoped(scope).collection(logEntriesRestored).insertMany(entries, { ordered: false });
    } catch (error) {
      // A row that is there already is the same row: numbers are unique, and a chunk never changes.
      if (insertedBesideDuplicates(error) === null) throw error;
    }
    await onPoint("member_copied");
  }
}

/** All bytes of the chunk as they were archived: a copy of anything else would pass for the truth (I14). */
async function readWhole({ src, sha256, chunkNumber }: LogChunk): Promise<Buffer> {
  const bytes = await objectStore().get(src);
  if (bytes && createHash("sha256").update(bytes).digest("hex") === sha256) return bytes;
  const what = bytes ? "fails its checksum" : "is gone";
  throw new AppError("conflict", `The object of chunk ${chunkNumber} ${what}: it cannot be restored.`);
}
