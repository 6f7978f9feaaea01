import "server-only";
import { and, count, eq, isNull, ne } from "drizzle-orm";
import type { SavedViewPage } from "@/drizzle/schema/saved-view-pages";
import { savedViews } from "@/drizzle/schema/saved-views";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { inScope, type Transaction } from "@/lib/db/in-scope";
import { auditView, type View } from "./audit";
import { mayChange, mayShare } from "./queries";
import {
  type EditViewInput,
  mostViews,
  type SaveViewInput,
  type UpdateViewInput,
  type ViewInput,
} from "./schema";

const gone = { ok: false, code: "not_found", message: "This view is no longer here." } as const;
const notYours = {
  ok: false,
  code: "forbidden",
  message: "A view is changed by who made it; a shared one also by an admin.",
} as const;
const mayNotShare = {
  ok: false,
  code: "forbidden",
  message: "Your role does not allow sharing views. Save it for yourself.",
} as const;

export function saveView(
  scope: WorkspaceScope,
  page: SavedViewPage,
  { episodeId, name, params, shared }: SaveViewInput,
): Promise<MutationResult> {
  return changing(scope, async (tx, userId) => {
    if (shared && !mayShare(scope, page)) return mayNotShare;
    const [own] = await tx
      .select({ views: count() })
      .from(savedViews)
      .where(
        and(
          eq(savedViews.workspaceId, scope.workspaceId),
          eq(savedViews.createdBy, userId),
          eq(savedViews.page, page),
        ),
      );
    if ((own?.views ?? 0) >= mostViews)
      return { ok: false, code: "conflict", message: `You have ${mostViews} views here. Delete one first.` };
    const owner = { workspaceId: scope.workspaceId, createdBy: userId, page, episodeId };
    if (await nameIsTaken(tx, owner, name)) return taken(name);
    const [made] = await tx
      .insert(savedViews)
      .values({ ...owner, name, params, shared, updatedBy: userId })
      .returning();
    if (!made) throw new Error("An insert returned no row");
    if (shared) await auditView(tx, scope, "share_view", null, made);
    return { ok: true, message: made.id };
  });
}

/** The look one has now, under the name that is there. */
export function updateView(
  scope: WorkspaceScope,
  page: SavedViewPage,
  { viewId, params }: UpdateViewInput,
): Promise<MutationResult> {
  return changingOne(scope, page, viewId, async (tx, before) => {
    const after = await write(tx, scope, before, { params });
    if (before.shared) await auditView(tx, scope, "change_view", before, after);
    return { ok: true, message: `“${before.name}” shows this now.` };
  });
}

/** Another name, or other readers. */
export function editView(
  scope: WorkspaceScope,
  page: SavedViewPage,
  { viewId, name, shared }: EditViewInput,
): Promise<MutationResult> {
  return changingOne(scope, page, viewId, async (tx, before) => {
    if (shared && !before.shared && !mayShare(scope, page)) return mayNotShare;
    if (name !== before.name && (await nameIsTaken(tx, before, name, viewId))) return taken(name);
    const after = await write(tx, scope, before, { name, shared });
    const act = shared === before.shared ? "change_view" : shared ? "share_view" : "unshare_view";
    if (shared || before.shared) await auditView(tx, scope, act, before, after);
    return { ok: true, message: `“${name}” is ${shared ? "there for everybody here" : "yours alone"}.` };
  });
}

export function deleteView(
  scope: WorkspaceScope,
  page: SavedViewPage,
  { viewId }: ViewInput,
): Promise<MutationResult> {
  return changingOne(scope, page, viewId, async (tx, before) => {
    await tx.delete(savedViews).where(isView(scope, viewId));
    if (before.shared) await auditView(tx, scope, "delete_view", before, null);
    return { ok: true, message: `“${before.name}” is deleted.` };
  });
}

function changingOne(
  scope: WorkspaceScope,
  page: SavedViewPage,
  viewId: string,
  change: (tx: Transaction, before: View) => Promise<MutationResult>,
): Promise<MutationResult> {
  return changing(scope, async (tx, userId) => {
    const [before] = await tx
      .select()
      .from(savedViews)
      .where(and(isView(scope, viewId), eq(savedViews.page, page)))
      .limit(1);
    // Somebody else's own view is not there for anybody but them.
    if (!before || (!before.shared && before.createdBy !== userId)) return gone;
    return mayChange(scope, before) ? change(tx, before) : notYours;
  });
}

/** One transaction in the name of a person. */
async function changing(
  scope: WorkspaceScope,
  change: (tx: Transaction, userId: string) => Promise<MutationResult>,
): Promise<MutationResult> {
  const { userId } = scope;
  if (userId === null) return { ok: false, code: "forbidden", message: "Views are kept by people." };
  return inScope(scope, async (tx) => {
    // One change at a time: names and numbers of views are compared with what is there.
    const workspace = eq(workspaces.id, scope.workspaceId);
    await tx.select({ id: workspaces.id }).from(workspaces).where(workspace).for("no key update");
    return change(tx, userId);
  });
}

const isView = (scope: WorkspaceScope, viewId: string) =>
  and(eq(savedViews.workspaceId, scope.workspaceId), eq(savedViews.id, viewId));

async function nameIsTaken(
  tx: Transaction,
  { workspaceId, createdBy, page, episodeId }: Pick<View, "workspaceId" | "createdBy" | "page" | "episodeId">,
  name: string,
  except?: string,
): Promise<boolean> {
  const [other] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.workspaceId, workspaceId),
        eq(savedViews.createdBy, createdBy),
        eq(savedViews.page, page),
        episodeId === null ? isNull(savedViews.episodeId) : eq(savedViews.episodeId, episodeId),
        eq(savedViews.name, name),
        except ? ne(savedViews.id, except) : undefined,
      ),
    )
    .limit(1);
  return other !== undefined;
}

function taken(name: string): MutationResult {
  const message = `There is a view “${name}” already. Open it and update it, or take another name.`;
  return { ok: false, code: "conflict", message, fields: { name: message } };
}

async function write(
  tx: Transaction,
  scope: WorkspaceScope,
  { id, createdBy }: View,
  values: Partial<Pick<View, "name" | "params" | "shared">>,
): Promise<View> {
  const [after] = await tx
    .update(savedViews)
    .set({ ...values, updatedBy: scope.userId ?? createdBy, updatedAt: new Date() })
    .where(isView(scope, id))
    .returning();
  if (!after) throw new Error("A view vanished in the middle of its change");
  return after;
}
