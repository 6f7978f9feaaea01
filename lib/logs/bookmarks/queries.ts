import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { logBookmarks } from "@/drizzle/schema/log-bookmarks";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { getEpisode } from "../queries";
import { type BookmarkList, mostBookmarks } from "./schema";

/** What the person marked in an episode; null when there is no such episode. A token of nobody has no marks. */
export async function listBookmarks(scope: WorkspaceScope, episodeId: string): Promise<BookmarkList | null> {
  if (!(await getEpisode(scope, episodeId))) return null;
  const { workspaceId, userId } = scope;
  if (userId === null) return { bookmarks: [] };
  const { sequence, note, createdAt } = logBookmarks;
  const rows = await inScope(scope, (tx) =>
    tx
      .select({ sequence, note, createdAt })
      .from(logBookmarks)
      .where(
        and(
          eq(logBookmarks.workspaceId, workspaceId),
          eq(logBookmarks.userId, userId),
          eq(logBookmarks.episodeId, episodeId),
        ),
      )
      .orderBy(asc(sequence))
      .limit(mostBookmarks),
  );
  return {
    bookmarks: rows.map((row) => ({
      seq: row.sequence.toString(),
      note: row.note,
      createdAt: row.createdAt.toISOString(),
    })),
  };
}
