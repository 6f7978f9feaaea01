import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { toLevelCounts } from "@/lib/logs/episode-summary";
import { overlap, type Span } from "@/lib/logs/spans";
import {
  type LogChunk,
  type LogChunkIndex,
  logChunkIndex,
  logChunks,
} from "@/lib/mongo/collections/log-chunks";
import { type LogExpired, logExpired } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { restoresUnderWay } from "./chunk-list";
import { chunkStateOf } from "./chunk-state";
import type { ChunkFacts } from "./schema";

const patience = { maxTimeMS: 10_000 };
/** Larger objects are not read for a look at their facts; a verification reads them. */
const mostReadBack = 64 * 1024 * 1024;

/** Everything about one chunk; null when the episode never had one of this number. */
export async function getChunkFacts(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumber: number,
): Promise<ChunkFacts | null> {
  const stores = scoped(scope);
  const chunk = await stores.collection(logChunks).findOne({ episodeId, chunkNumber }, patience);
  if (!chunk) {
    const ended = await stores.collection(logExpired).findOne({ episodeId, chunkNumber }, patience);
    return ended && expiredFacts(ended);
  }
  const [index, restoring, readBack] = await Promise.all([
    stores.collection(logChunkIndex).findOne({ _id: chunk._id }, { projection: { members: 1 }, ...patience }),
    restoresUnderWay(scope, episodeId),
    chunk.state === "damaged" ? readBackOf(chunk) : null,
  ]);
  const damage = damageOf(chunk);
  return {
    ...commonFacts(chunk),
    state: chunkStateOf(chunk, restoring, new Date()),
    rawBytes: Number(chunk.rawBytes),
    epoch: chunk.epoch,
    archivedAt: chunk.createdAt.toISOString(),
    verifiedAt: chunk.verifiedAt.toISOString(),
    lastAccessed: chunk.lastAccessed.toISOString(),
    restoredUntil: chunk.restoredUntil?.toISOString() ?? null,
    deleteAfter: chunk.deleteAfter?.toISOString() ?? null,
    expiredAt: null,
    damage: damage.map(({ from, to, reason }) => ({
      ...spanText({ from, to }),
      rows: Number(to - from) + 1,
      reason,
    })),
    members: membersOf(index, damage),
    readBack,
  };
}

type Damage = NonNullable<LogChunk["damage"]>;

function damageOf({ state, damage, startSequence, endSequence }: LogChunk): Damage {
  if (state === "verified") return [];
  // Nobody has looked which rows are bad: all of them, until somebody does.
  return damage ?? [{ from: startSequence, to: endSequence, reason: state }];
}

function membersOf(index: Pick<LogChunkIndex, "members"> | null, damage: Damage): ChunkFacts["members"] {
  return (index?.members ?? []).map(({ startSequence: from, endSequence: to }) => ({
    ...spanText({ from, to }),
    readable: !damage.some((span) => overlap(span, { from, to })),
  }));
}

/** What the object hashes to now. A store that does not answer is no reason to show nothing of the chunk. */
async function readBackOf({ src, sizeBytes }: LogChunk): Promise<NonNullable<ChunkFacts["readBack"]>> {
  const nothing = { sha256: null, sizeBytes: null };
  if (sizeBytes > mostReadBack)
    return { ...nothing, problem: "The object is too large to be read for this." };
  try {
    const bytes = await objectStore().get(src, undefined, { signal: AbortSignal.timeout(10_000) });
    if (!bytes) return { ...nothing, problem: "The object is gone." };
    return {
      sha256: createHash("sha256").update(bytes).digest("hex"),
      sizeBytes: bytes.length,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof AppError)) console.error(`The object store did not give ${src}:`, error);
    return {
      ...nothing,
      problem: error instanceof AppError ? error.message : "The object store did not give the object.",
    };
  }
}

function expiredFacts(ended: LogExpired): ChunkFacts {
  return {
    ...commonFacts(ended),
    state: "expired",
    rawBytes: 0,
    epoch: null,
    archivedAt: ended.archivedAt.toISOString(),
    verifiedAt: null,
    lastAccessed: null,
    restoredUntil: null,
    deleteAfter: null,
    expiredAt: ended.expiredAt.toISOString(),
    damage: [],
    members: [],
    readBack: null,
  };
}

function commonFacts(chunk: LogChunk | LogExpired) {
  return {
    chunkNumber: chunk.chunkNumber,
    ...spanText({ from: chunk.startSequence, to: chunk.endSequence }),
    rows: chunk.logCount,
    neverWritten: chunk.tombstones.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0),
    startAt: chunk.startTime.toISOString(),
    endAt: chunk.endTime.toISOString(),
    levels: toLevelCounts(chunk.levelCounts),
    sizeBytes: Number(chunk.sizeBytes),
    key: chunk.src,
    sha256: chunk.sha256,
  };
}

function spanText({ from, to }: Span) {
  return { from: from.toString(), to: to.toString() };
}
