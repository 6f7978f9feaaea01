import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Span } from "@/lib/logs/spans";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logRestores } from "@/lib/mongo/collections/log-operations";
import { type Scoped, scoped } from "@/lib/mongo/scoped";

/** Rows of a workspace that may be back in MongoDB at a time. */
export const restoreQuotaRows = 5_000_000;

/** What restoring a range means: whole chunks, so that the copy of each can be proved by its hash. */
export interface RestorePlan extends Span {
  chunks: number;
  rows: number;
  /** To be read from the object store, and to be stored. */
  compressedBytes: number;
  rawBytes: number;
}

export interface RestorePreview {
  plan: RestorePlan;
  quota: { rows: number; used: number };
  fits: boolean;
}

/** What restoring a range would cost. Null when no archived row lies in it, or there is no such episode. */
export async function previewRestore(
  scope: WorkspaceScope,
  episodeId: string,
  range: Span,
): Promise<RestorePreview | null> {
  const plan = await planRestore(scoped(scope), episodeId, range);
  if (!plan) return null;
  const used = await restoredRows(scoped(scope));
  return { plan, quota: { rows: restoreQuotaRows, used }, fits: used + plan.rows <= restoreQuotaRows };
}

/** The numbers of the chunks that have rows of this time; null when none has. Times are what the rows say. */
export async function spanBetween(
  scope: WorkspaceScope,
  episodeId: string,
  { since, until }: { since: Date; until: Date },
): Promise<Span | null> {
  const [span] = await scoped(scope)
    .collection(logChunks)
    .aggregate<Span>([
      { $match: { episodeId, startTime: { $lte: until }, endTime: { $gte: since } } },
      { $group: { _id: null, from: { $min: "$startSequence" }, to: { $max: "$endSequence" } } },
    ])
    .toArray();
  return span ? { from: BigInt(span.from), to: BigInt(span.to) } : null;
}

export async function planRestore(
  stores: Scoped,
  episodeId: string,
  range: Span,
): Promise<RestorePlan | null> {
  const chunks = await chunksIn(stores, episodeId, range);
  const [first] = chunks;
  const last = chunks.at(-1);
  if (!first || !last) return null;
  const sum = (of: (chunk: LogChunk) => number) => chunks.reduce((total, chunk) => total + of(chunk), 0);
  return {
    from: first.startSequence,
    to: last.endSequence,
    chunks: chunks.length,
    rows: sum(({ logCount }) => logCount),
    compressedBytes: sum(({ sizeBytes }) => Number(sizeBytes)),
    rawBytes: sum(({ rawBytes }) => Number(rawBytes)),
  };
}

/** The chunks that hold a part of the range, in their order. */
export function chunksIn(stores: Scoped, episodeId: string, { from, to }: Span): Promise<LogChunk[]> {
  return stores
    .collection(logChunks)
    .find({ episodeId, startSequence: { $lte: to }, endSequence: { $gte: from } })
    .sort({ startSequence: 1 })
    .toArray();
}

/** Rows that restores of the workspace take or are about to take. */
export async function restoredRows(stores: Scoped): Promise<number> {
  const active = await stores
    .collection(logRestores)
    .find({ state: { $in: ["copying", "ready"] } }, { projection: { rows: 1 } })
    .sort({ _id: 1 })
    .toArray();
  return active.reduce((sum, { rows }) => sum + Number(rows), 0);
}
