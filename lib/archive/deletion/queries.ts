import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { namesOf } from "@/lib/db/names";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";

export interface Deletion {
  episodeId: string;
  /** The worker is still taking things away; until then the id is not free. */
  underWay: boolean;
  requestedBy: string | null;
  requestedAt: string;
  reason: string;
  rows: number;
  chunks: number;
  archivedBytes: number;
  /** When the id is free again, at the earliest. */
  drainedAt: string;
}

/** The last deletion of an episode; null when there was none. */
export async function getDeletion(scope: WorkspaceScope, episodeId: string): Promise<Deletion | null> {
  const deletion = await scoped(scope)
    .collection(logDeletions)
    .findOne({ episodeId }, { sort: { requestedAt: -1 }, maxTimeMS: 10_000 });
  if (!deletion) return null;
  const { requestedBy, requestedAt, drainedAt, reason, rows, chunks, archivedBytes, state } = deletion;
  return {
    episodeId,
    underWay: state !== "done",
    requestedBy: requestedBy && ((await namesOf(scope, [requestedBy])).get(requestedBy) ?? null),
    requestedAt: requestedAt.toISOString(),
    drainedAt: drainedAt.toISOString(),
    reason,
    rows: Number(rows),
    chunks,
    archivedBytes: Number(archivedBytes),
  };
}
