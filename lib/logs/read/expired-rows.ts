import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { type LogExpired, logExpired } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { type Gap, overlap, type Span, withoutSpans } from "../spans";

/** A chunk that ended while somebody read it. */
export interface Ended {
  ok: false;
  reason: "expired";
  detail: string;
}

/** Whether a chunk whose object is gone was not lost but ended by retention, after the reader had found its record. */
export async function findEnded(scope: WorkspaceScope, { _id }: ReadableChunk): Promise<Ended | null> {
  const ended = await scoped(scope).collection(logExpired).findOne({ _id });
  return ended && { ok: false, reason: "expired", detail: detailOf(ended) };
}

/** Why archived numbers stand in no chunk: the retention of the workspace ended theirs, or nobody knows. */
export async function explainChunkless(
  scope: WorkspaceScope,
  episodeId: string,
  spans: Span[],
): Promise<Gap[]> {
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return [];
  const expired = await scoped(scope)
    .collection(logExpired)
    .find({ episodeId, startSequence: { $lte: last.to }, endSequence: { $gte: first.from } })
    .sort({ startSequence: 1 })
    .toArray();
  const ended = expired.map((chunk) => ({ from: chunk.startSequence, to: chunk.endSequence, chunk }));
  return spans.flatMap((span) => [
    ...ended.flatMap(({ from, to, chunk }): Gap[] => {
      const part = overlap(span, { from, to });
      const { chunkNumber } = chunk;
      return part ? [{ ...part, reason: "expired", chunkNumber, detail: detailOf(chunk) }] : [];
    }),
    ...withoutSpans(span, ended).map((part): Gap => {
      return { ...part, reason: "missing", chunkNumber: null, detail: "No chunk record covers these rows." };
    }),
  ]);
}

function detailOf({ expiredAt, retentionDays }: LogExpired): string {
  return `Deleted on ${expiredAt.toISOString()}: this workspace keeps archived logs for ${retentionDays} days.`;
}
