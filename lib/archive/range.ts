import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { overlap, type Span, smaller } from "@/lib/logs/spans";
import { type LogMetadata, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";

/** Numbers that may be archived next, and those among them that will never have a row. */
export interface ArchiveRange extends Span {
  tombstones: Span[];
}

/**
 * The contiguous range behind the archive (S1). It ends before the hot tail and before the first open reservation: a
 * writer that still holds numbers must find them above archivedThrough, or its rows would be skipped (F21).
 */
export async function nextRange(
  scope: WorkspaceScope,
  record: LogMetadata,
  everything: boolean,
): Promise<ArchiveRange | null> {
  const { episodeId, archivedThrough, nextSequenceNumber, keepHot } = record;
  const from = archivedThrough + 1n;
  const reservations = scoped(scope).collection(logReservations);
  // The record was read before this: whoever got a number below nextSequenceNumber is open now or has settled.
  const open = await reservations.findOne({ episodeId, state: "open" }, { sort: { startSequence: 1 } });
  const tail = everything ? 0n : BigInt(keepHot);
  const end = smaller(nextSequenceNumber - tail, open ? open.startSequence : nextSequenceNumber);
  if (end <= from) return null;
  const range = { from, to: end - 1n };
  const givenUp = await reservations
    .find({ episodeId, state: "tombstone", startSequence: { $lte: range.to }, endSequence: { $gte: from } })
    .sort({ startSequence: 1 })
    .toArray();
  const tombstones = givenUp.flatMap(({ missing = [] }) =>
    missing.flatMap((span) => overlap(range, span) ?? []),
  );
  return { ...range, tombstones };
}
