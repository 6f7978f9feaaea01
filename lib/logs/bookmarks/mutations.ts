import "server-only";
import { and, count, eq, lt, ne, sql } from "drizzle-orm";
import { logBookmarks } from "@/drizzle/schema/log-bookmarks";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { inScope } from "@/lib/db/in-scope";
import { getEpisode } from "../queries";
import { type MarkRowInput, mostBookmarks, type UnmarkRowInput } from "./schema";

const marks = logBookmarks;
const nobody = { ok: false, code: "forbidden", message: "Only a person can mark rows." } as const;

/** Marks a row, or changes the note of its mark. */
export async function markRow(
  scope: WorkspaceScope,
  { episodeId, seq, note }: MarkRowInput,
): Promise<MutationResult> {
  const { workspaceId, userId } = scope;
  if (userId === null) return nobody;
  const episode = await getEpisode(scope, episodeId);
  if (!episode || BigInt(seq) >= BigInt(episode.nextSequenceNumber)) {
    return { ok: false, code: "not_found", message: "There is no such row." };
  }
  const own = and(
    eq(marks.workspaceId, workspaceId),
    eq(marks.userId, userId),
    eq(marks.episodeId, episodeId),
  );
  return inScope(scope, async (tx): Promise<MutationResult> => {
    // Two tabs of one person count one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} ${episodeId}`}, 0))`);
    const [others] = await tx
      .select({ count: count() })
      .from(marks)
      .where(and(own, ne(marks.sequence, BigInt(seq))));
    if ((others?.count ?? 0) >= mostBookmarks) {
      return {
        ok: false,
        code: "conflict",
        message: `You have ${mostBookmarks} marks in this episode. Remove one to mark another row.`,
      };
    }
    await tx
      .insert(marks)
      .values({ workspaceId, userId, episodeId, sequence: BigInt(seq), note })
      .onConflictDoUpdate({
        target: [marks.workspaceId, marks.userId, marks.episodeId, marks.sequence],
        set: { note },
      });
    return { ok: true };
  });
}

/** Takes a mark away; one that is not there any more is as good. */
export async function unmarkRow(
  scope: WorkspaceScope,
  { episodeId, seq }: UnmarkRowInput,
): Promise<MutationResult> {
  const { workspaceId, userId } = scope;
  if (userId === null) return nobody;
  return inScope(scope, async (tx): Promise<MutationResult> => {
    await tx
      .delete(marks)
      .where(
        and(
          eq(marks.workspaceId, workspaceId),
          eq(marks.userId, userId),
          eq(marks.episodeId, episodeId),
          eq(marks.sequence, BigInt(seq)),
        ),
      );
    return { ok: true };
  });
}

/** Everybody's marks of an episode that is deleted; those made after `before` are in the one that has its id by then. */
export async function deleteBookmarksOf(
  scope: WorkspaceScope,
  episodeId: string,
  before: Date,
): Promise<void> {
  await inScope(scope, (tx) =>
    tx
      .delete(marks)
      .where(
        and(
          eq(marks.workspaceId, scope.workspaceId),
          eq(marks.episodeId, episodeId),
          lt(marks.createdAt, before),
        ),
      ),
  );
}
