import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { type Gap, overlap, type Span, withoutSpans } from "../spans";

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
    ...ended.flatMap(({ from, to, chunk: { chunkNumber, expiredAt, retentionDays } }): Gap[] => {
      const part = overlap(span, { from, to });
      const detail = `Deleted on ${expiredAt.toISOString()}: this workspace keeps archived logs for ${retentionDays} days.`;
      return part ? [{ ...part, reason: "expired", chunkNumber, detail }] : [];
    }),
    ...withoutSpans(span, ended).map((part): Gap => {
      return { ...part, reason: "missing", chunkNumber: null, detail: "No chunk record covers these rows." };
    }),
  ]);
}
