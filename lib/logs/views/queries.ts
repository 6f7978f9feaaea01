import "server-only";
import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import { logViews } from "@/drizzle/schema/log-views";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { inScope } from "@/lib/db/in-scope";
import type { SavedView, SavedViews } from "./schema";

const mostListed = 300;
const viewRow = {
  id: logViews.id,
  name: logViews.name,
  params: logViews.params,
  episodeId: logViews.episodeId,
  shared: logViews.shared,
  createdBy: logViews.createdBy,
  by: users.displayName,
  updatedAt: logViews.updatedAt,
};

/** The reader's own views and the shared ones, for an episode and for any. */
export async function listViews(scope: WorkspaceScope, episodeId: string): Promise<SavedViews> {
  const rows = await inScope(scope, (tx) =>
    tx
      .select(viewRow)
      .from(logViews)
      .innerJoin(users, eq(users.id, logViews.createdBy))
      .where(and(readableBy(scope), or(isNull(logViews.episodeId), eq(logViews.episodeId, episodeId))))
      .orderBy(asc(sql`lower(${logViews.name})`), asc(logViews.id))
      .limit(mostListed),
  );
  return { views: rows.map((row) => toSavedView(scope, row)), mayShare: mayShare(scope) };
}

/** One view; null when there is none, or none for this reader. */
export async function getView(scope: WorkspaceScope, viewId: string): Promise<SavedView | null> {
  if (!z.uuid().safeParse(viewId).success) return null;
  const [row] = await inScope(scope, (tx) =>
    tx
      .select(viewRow)
      .from(logViews)
      .innerJoin(users, eq(users.id, logViews.createdBy))
      .where(and(readableBy(scope), eq(logViews.id, viewId)))
      .limit(1),
  );
  return row ? toSavedView(scope, row) : null;
}

/** A shared view is something that others see: whoever may write here may put it there. */
export const mayShare = (scope: WorkspaceScope) => can(scope, "logs:write");

/** One's own, always; a shared one also by those who run the workspace. */
export function mayChange(
  scope: WorkspaceScope,
  { createdBy, shared }: { createdBy: string; shared: boolean },
): boolean {
  return createdBy === scope.userId || (shared && can(scope, "members:write"));
}

function readableBy({ workspaceId, userId }: WorkspaceScope) {
  const own = userId === null ? sql`false` : eq(logViews.createdBy, userId);
  return and(eq(logViews.workspaceId, workspaceId), or(eq(logViews.shared, true), own));
}

type ViewRow = Pick<
  typeof logViews.$inferSelect,
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
