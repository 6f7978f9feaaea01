import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { auditEntries } from "@/drizzle/schema/audit-entries";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope, type Transaction } from "./in-scope";

/** One act, as the trail tells it. */
export interface AuditEntry {
  /** A verb of the domain: `archive.delete_episode`. */
  action: string;
  resourceType: string;
  resourceId: string;
  reason?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Names the act: writing it twice leaves one entry. */
  key: string;
}

/** Who acted, when it is not the scope that writes: an act that is delivered later belongs to whoever did it. */
export interface AuditActor {
  actor: WorkspaceScope["actor"];
  actorId: string | null;
  at: Date;
}

/** Writes the entry in the transaction of the change it tells of: neither is there without the other. */
export async function recordAudit(
  tx: Transaction,
  scope: WorkspaceScope,
  entry: AuditEntry,
  by?: AuditActor,
): Promise<void> {
  const { action, resourceType, resourceId, reason = null, before = null, after = null, key } = entry;
  await tx
    .insert(auditEntries)
    .values({
      workspaceId: scope.workspaceId,
      actorId: by ? by.actorId : scope.userId,
      actor: by?.actor ?? scope.actor,
      action,
      resourceType,
      resourceId,
      reason,
      beforeSummary: before,
      afterSummary: after,
      key,
      ...(by && { createdAt: by.at }),
    })
    .onConflictDoNothing({ target: [auditEntries.workspaceId, auditEntries.key] });
}

/** Writes an entry by itself, for a change that lies in another store; see lib/archive/audit-outbox.ts for one that must not be lost. */
export function writeAudit(scope: WorkspaceScope, entry: AuditEntry, by?: AuditActor): Promise<void> {
  return inScope(scope, (tx) => recordAudit(tx, scope, entry, by));
}

/** What happened to one thing, newest first. */
export function listAuditOf(
  scope: WorkspaceScope,
  { resourceType, resourceId, limit = 50 }: { resourceType: string; resourceId: string; limit?: number },
) {
  return inScope(scope, (tx) =>
    tx
      .select({
        action: auditEntries.action,
        actor: auditEntries.actor,
        actorId: auditEntries.actorId,
        reason: auditEntries.reason,
        before: auditEntries.beforeSummary,
        after: auditEntries.afterSummary,
        at: auditEntries.createdAt,
      })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.workspaceId, scope.workspaceId),
          eq(auditEntries.resourceType, resourceType),
          eq(auditEntries.resourceId, resourceId),
        ),
      )
      .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
      .limit(Math.min(limit, 200)),
  );
}
