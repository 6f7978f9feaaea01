import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { logRetention } from "@/drizzle/schema/log-retention";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { recordAudit } from "@/lib/db/audit";
import { inPlatform, inScope } from "@/lib/db/in-scope";
import type { RetentionInput } from "../schema";
import { alignMarks } from "./marks";

export interface RetentionPolicy {
  /** Days after which a chunk is deleted, counted from when it was archived. */
  days: number;
  /** Between marking a chunk and deleting it. */
  undoHours: number;
}

const columns = { days: logRetention.days, undoHours: logRetention.undoHours };

/** Null: archived logs are kept for ever. */
export async function getRetention(scope: WorkspaceScope): Promise<RetentionPolicy | null> {
  const [policy] = await inScope(scope, (tx) =>
    tx.select(columns).from(logRetention).where(eq(logRetention.workspaceId, scope.workspaceId)).limit(1),
  );
  return policy ?? null;
}

/** Workspaces that have one. */
export async function workspacesWithRetention(scope: PlatformScope): Promise<string[]> {
  const found = await inPlatform(scope, (tx) =>
    tx.select({ workspaceId: logRetention.workspaceId }).from(logRetention).orderBy(logRetention.workspaceId),
  );
  return found.map(({ workspaceId }) => workspaceId);
}

/**
 * Sets how long archived logs are kept, or for ever (null). Marks follow at once: chunks that the new policy ends are marked,
 * and a longer or no policy takes marks away, which undoes what an earlier one was about to delete.
 */
export async function setRetention(
  scope: WorkspaceScope,
  policy: RetentionPolicy | null,
): Promise<{ ok: true; message: string; marked: number; unmarked: number }> {
  const { workspaceId, userId } = scope;
  await inScope(scope, async (tx) => {
    const [before] = await tx
      .select(columns)
      .from(logRetention)
      .where(eq(logRetention.workspaceId, workspaceId))
      .for("update");
    if (policy) {
      const values = { ...policy, updatedBy: userId };
      await tx
        .insert(logRetention)
        .values({ workspaceId, ...values })
        .onConflictDoUpdate({ target: logRetention.workspaceId, set: { ...values, updatedAt: new Date() } });
    } else await tx.delete(logRetention).where(eq(logRetention.workspaceId, workspaceId));
    await recordAudit(tx, scope, {
      action: "archive.set_retention",
      resourceType: "workspace",
      resourceId: workspaceId,
      before: before ?? null,
      after: policy && { ...policy },
      key: `retention/${randomUUID()}`,
    });
  });
  const { marked, unmarked } = await alignMarks(scope, policy);
  const message = policy
    ? `Archived logs are kept for ${policy.days} days. ${marked} chunks are deleted in ${policy.undoHours} hours unless this is undone.`
    : "Archived logs are kept for ever.";
  return { ok: true, message, marked, unmarked };
}

/** As a form asks for it: without days, archived logs are kept for ever. */
export function changeRetention(scope: WorkspaceScope, { days, undoHours }: RetentionInput) {
  return setRetention(scope, days === null ? null : { days, undoHours });
}
