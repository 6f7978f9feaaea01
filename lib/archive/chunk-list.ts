import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Span } from "@/lib/logs/spans";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logRestores } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { chunkStateOf } from "./chunk-state";
import type { ArchiveChunk, StripCell } from "./schema";
import { withHoles } from "./strip-cells";

const chunksShown = 2_000;
/** A strip of so many is a billion rows; what lies beyond is said, not drawn. */
const cellsShown = 20_000;
const patience = { maxTimeMS: 10_000 };

/** The chunks of an episode, in their order. */
export async function listArchiveChunks(scope: WorkspaceScope, episodeId: string): Promise<ArchiveChunk[]> {
  const found = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId }, patience)
    .sort({ chunkNumber: 1 })
    .limit(chunksShown)
    .toArray();
  return found.map(toArchiveChunk);
}

const cellFields = {
  chunkNumber: 1,
  startSequence: 1,
  endSequence: 1,
  logCount: 1,
  state: 1,
  verifiedAt: 1,
  checkedAt: 1,
  restoredUntil: 1,
  deleteAfter: 1,
  tombstones: 1,
} as const;

/** Every chunk an episode ever had and every range that stands in none, as cells of the strip. */
export async function listStripCells(
  scope: WorkspaceScope,
  episodeId: string,
): Promise<{ cells: StripCell[]; cut: boolean }> {
  const now = new Date();
  const stores = scoped(scope);
  const some = { projection: cellFields, ...patience };
  // The record first: chunks committed after it are not missed, they are not promised yet.
  const record = await stores
    .collection(logMetadata)
    .findOne({ episodeId }, { projection: { archivedThrough: 1 }, ...patience });
  if (!record) return { cells: [], cut: false };
  const live = await stores
    .collection(logChunks)
    .find({ episodeId }, some)
    .sort({ chunkNumber: 1 })
    .limit(cellsShown)
    .toArray();
  const [ended, restoring] = await Promise.all([
    stores
      .collection(logExpired)
      .find({ episodeId }, some)
      .sort({ chunkNumber: 1 })
      .limit(cellsShown)
      .toArray(),
    restoresUnderWay(scope, episodeId),
  ]);
  // A chunk that expires meanwhile may be found in both; it is what it is now.
  const expired = new Set(ended.map(({ chunkNumber }) => chunkNumber));
  const places = [
    ...live
      .filter(({ chunkNumber }) => !expired.has(chunkNumber))
      .map((chunk) => ({ ...chunk, shown: chunkStateOf(chunk, restoring, now) })),
    ...ended.map((chunk) => ({ ...chunk, shown: "expired" as const })),
  ].sort((a, b) => a.chunkNumber - b.chunkNumber);
  const cut = live.length === cellsShown || ended.length === cellsShown;
  const cells = places.map(({ chunkNumber, startSequence, endSequence, logCount, tombstones, shown }) => ({
    kind: "chunk" as const,
    chunkNumber,
    from: Number(startSequence),
    to: Number(endSequence),
    rows: logCount,
    state: shown,
    neverWritten: tombstones.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0),
  }));
  return { cells: withHoles(cells, cut ? null : Number(record.archivedThrough)), cut };
}

export async function restoresUnderWay(scope: WorkspaceScope, episodeId: string): Promise<Span[]> {
  const found = await scoped(scope)
    .collection(logRestores)
    .find({ episodeId, state: "copying" }, { projection: { from: 1, to: 1 }, ...patience })
    .sort({ requestedAt: -1 })
    .limit(100)
    .toArray();
  return found.map(({ from, to }) => ({ from, to }));
}

function toArchiveChunk(chunk: LogChunk): ArchiveChunk {
  return {
    chunkNumber: chunk.chunkNumber,
    from: chunk.startSequence.toString(),
    to: chunk.endSequence.toString(),
    rows: chunk.logCount,
    unreadableRows: unreadableRowsOf(chunk),
    startAt: chunk.startTime.toISOString(),
    endAt: chunk.endTime.toISOString(),
    sizeBytes: Number(chunk.sizeBytes),
    rawBytes: Number(chunk.rawBytes),
    key: chunk.src,
    sha256: chunk.sha256,
    state: chunk.state,
    verifiedAt: chunk.verifiedAt.toISOString(),
    lastAccessed: chunk.lastAccessed.toISOString(),
    epoch: chunk.epoch,
  };
}

/** The ranges that are known to be bad; all of the chunk when nobody has looked which those are. */
export function unreadableRowsOf({
  state,
  damage,
  logCount,
}: Pick<LogChunk, "state" | "damage" | "logCount">): number {
  if (state === "verified") return 0;
  if (!damage) return logCount;
  const numbers = damage.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0);
  return Math.min(numbers, logCount);
}
