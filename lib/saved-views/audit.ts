import "server-only";
import { randomUUID } from "node:crypto";
import type { SavedViewPage } from "@/drizzle/schema/saved-view-pages";
import type { savedViews } from "@/drizzle/schema/saved-views";
import type { WorkspaceScope } from "@/lib/auth/access";
import { recordAudit } from "@/lib/db/audit";
import type { Transaction } from "@/lib/db/in-scope";

export type View = typeof savedViews.$inferSelect;

/** How the trail calls the views of a page. */
const words: Record<SavedViewPage, { area: string; resourceType: string }> = {
  logs: { area: "logs", resourceType: "log_view" },
  runs: { area: "run", resourceType: "run_view" },
};

/** What others see is in the trail, with how it was and how it is. */
export function auditView(
  tx: Transaction,
  scope: WorkspaceScope,
  act: "share_view" | "unshare_view" | "change_view" | "delete_view",
  before: View | null,
  after: View | null,
): Promise<void> {
  const view = after ?? before;
  if (!view) throw new Error("An act on a view names none");
  const { area, resourceType } = words[view.page];
  return recordAudit(tx, scope, {
    action: `${area}.${act}`,
    resourceType,
    resourceId: view.id,
    before: summaryOf(before),
    after: summaryOf(after),
    key: randomUUID(),
  });
}

function summaryOf(view: View | null) {
  return view && { name: view.name, params: view.params, episodeId: view.episodeId, shared: view.shared };
}
