import "server-only";
import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { SavedViewPage } from "@/drizzle/schema/saved-view-pages";
import { savedViews } from "@/drizzle/schema/saved-views";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { can, type Permission } from "@/lib/auth/roles";
import { inScope } from "@/lib/db/in-scope";
import type { SavedView, SavedViewList, ViewPlace } from "./schema";

const mostListed = 300;
/** A shared view is something that others see: whoever may write on its page may put it there. */
const sharing: Record<SavedViewPage, Permission> = { logs: "logs:write", runs: "runs:write" };
const viewRow = {
  id: savedViews.id,
  name: savedViews.name,
  params: savedViews.params,
  episodeId: savedViews.episodeId,
  shared: savedViews.shared,
  createdBy: savedViews.createdBy,
  by: users.displayName,
  updatedAt: savedViews.updatedAt,
};

/** The reader's own views of a page and the shared ones; of logs those for an episode and for any. */
export async function listViews(
  scope: WorkspaceScope,
  { page, episodeId }: ViewPlace,
): Promise<SavedViewList> {
  const forAny = isNull(savedViews.episodeId);
  const rows = await inScope(scope, (tx) =>
    tx
      .select(viewRow)
      .from(savedViews)
      .innerJoin(users, eq(users.id, savedViews.createdBy))
      .where(
        and(
          readableBy(scope),
          eq(savedViews.page, page),
          episodeId === null ? forAny : or(forAny, eq(savedViews.episodeId, episodeId)),
        ),
      )
      .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id))
      .limit(mostListed),
  );
  return { views: rows.map((row) => toSavedView(scope, row)), mayShare: mayShare(scope, page) };
}

/** One view; null when there is none, or none for this reader. */
export async function getView(
  scope: WorkspaceScope,
  page: SavedViewPage,
  viewId: string,
): Promise<SavedView | null> {
  if (!z.uuid().safeParse(viewId).success) return null;
  const [row] = await inScope(scope, (tx) =>
    tx
      .select(viewRow)
      .from(savedViews)
      .innerJoin(users, eq(users.id, savedViews.createdBy))
      .where(and(readableBy(scope), eq(savedViews.page, page), eq(savedViews.id, viewId)))
      .limit(1),
  );
  return row ? toSavedView(scope, row) : null;
}

export const mayShare = (scope: WorkspaceScope, page: SavedViewPage) => can(scope, sharing[page]);

/** One's own, always; a shared one also by those who run the workspace. */
export function mayChange(
  scope: WorkspaceScope,
  { createdBy, shared }: { createdBy: string; shared: boolean },
): boolean {
  return createdBy === scope.userId || (shared && can(scope, "members:write"));
}

function readableBy({ workspaceId, userId }: WorkspaceScope) {
  const own = userId === null ? sql`false` : eq(savedViews.createdBy, userId);
  return and(eq(savedViews.workspaceId, workspaceId), or(eq(savedViews.shared, true), own));
}

type ViewRow = Pick<
  typeof savedViews.$inferSelect,
  "id" | "name" | "params" | "episodeId" | "shared" | "createdBy" | "updatedAt"
> & { by: string };

function toSavedView(scope: WorkspaceScope, { createdBy, updatedAt, ...row }: ViewRow): SavedView {
  return {
    ...row,
    updatedAt: updatedAt.toISOString(),
    own: createdBy === scope.userId,
    mayChange: mayChange(scope, { createdBy, shared: row.shared }),
  };
}
