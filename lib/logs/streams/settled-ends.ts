import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { smaller } from "../spans";
import type { StreamRecord } from "./candidates";

/**
 * The first number of each stream that may still change (tail/settled.ts says why), for several streams in one question. A
 * stream that lies in the archive whole is not asked for.
 */
export async function settledEnds(
  scope: WorkspaceScope,
  records: StreamRecord[],
): Promise<Map<string, bigint>> {
  const ends = new Map(records.map(({ episodeId, nextSequenceNumber }) => [episodeId, nextSequenceNumber]));
  const stored = records.filter((record) => record.archivedThrough + 1n < record.nextSequenceNumber);
  if (stored.length === 0) return ends;
  const open = await scoped(scope)
    .collection(logReservations)
    .find(
      { episodeId: { $in: stored.map(({ episodeId }) => episodeId) }, state: "open" },
      { projection: { _id: 0, episodeId: 1, startSequence: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ episodeId: 1, startSequence: 1 })
    .toArray();
  for (const { episodeId, startSequence } of open) {
    ends.set(episodeId, smaller(ends.get(episodeId) ?? startSequence, startSequence));
  }
  return ends;
}
