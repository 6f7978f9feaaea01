import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { auditEntries } from "@/drizzle/schema/audit-entries";
import { logRetention } from "@/drizzle/schema/log-retention";
import { users } from "@/drizzle/schema/users";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { recordAudit } from "@/lib/db/audit";
import { inPlatform, inScope, type Transaction } from "@/lib/db/in-scope";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { changedMeanwhile, lockWorkspace } from "../policy/lock";
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

/** The policy as its page shows it: who set it, and what was before. */
export interface RetentionState {
  policy: RetentionPolicy | null;
  updatedBy: string | null;
  updatedAt: string | null;
  /** What held before the last change, which an undo brings back; absent where nothing was ever changed. */
  previous?: { policy: RetentionPolicy | null; changedAt: string };
}

export async function getRetentionState(scope: WorkspaceScope): Promise<RetentionState> {
  return inScope(scope, async (tx) => {
    const [row] = await tx
      .select({ ...columns, updatedBy: users.displayName, updatedAt: logRetention.updatedAt })
      .from(logRetention)
      .leftJoin(users, eq(users.id, logRetention.updatedBy))
      .where(eq(logRetention.workspaceId, scope.workspaceId))
      .limit(1);
    const last = await lastChange(tx, scope);
    return {
      policy: row ? { days: row.days, undoHours: row.undoHours } : null,
      updatedBy: row?.updatedBy ?? null,
      updatedAt: row?.updatedAt.toISOString() ?? null,
      ...(last && { previous: { policy: last.before, changedAt: last.at.toISOString() } }),
    };
  });
}

export interface SetRetention {
  ok: true;
  message: string;
  marked: number;
  unmarked: number;
}

/**
 * Sets how long archived logs are kept, or for ever (null). Marks follow at once: chunks that the new policy ends are marked,
 * and a longer or no policy takes marks away, which undoes what an earlier one was about to delete. `seen` is when the policy
 * was last changed that the person looked at ("" for none): another one by now is a conflict. Without it, nobody looked.
 */
export async function setRetention(
  scope: WorkspaceScope,
  policy: RetentionPolicy | null,
  seen?: string,
): Promise<SetRetention> {
  await inScope(scope, async (tx) => {
    await lockWorkspace(tx, scope);
    await replace(tx, scope, policy, seen);
  });
  return follow(scope, policy);
}

/** Brings back what held before the last change, and with it whatever that change has marked and not yet deleted. */
export async function undoRetention(
  scope: WorkspaceScope,
  { seen }: { seen: string },
): Promise<SetRetention> {
  const policy = await inScope(scope, async (tx) => {
    await lockWorkspace(tx, scope);
    const last = await lastChange(tx, scope);
    if (!last) throw new AppError("conflict", "The retention of this workspace was never changed.");
    await replace(tx, scope, last.before, seen);
    return last.before;
  });
  return follow(scope, policy);
}

/** As a form asks for it: without days, archived logs are kept for ever. */
export function changeRetention(scope: WorkspaceScope, { days, undoHours, seen }: RetentionInput) {
  return setRetention(scope, days === null ? null : { days, undoHours }, seen);
}

async function replace(
  tx: Transaction,
  scope: WorkspaceScope,
  policy: RetentionPolicy | null,
  seen?: string,
): Promise<void> {
  const { workspaceId, userId } = scope;
  const here = eq(logRetention.workspaceId, workspaceId);
  const [before] = await tx
    .select({ ...columns, updatedAt: logRetention.updatedAt })
    .from(logRetention)
    .where(here);
  if (seen !== undefined && (before?.updatedAt.toISOString() ?? "") !== seen) throw changedMeanwhile();
  if (policy) {
    const values = { ...policy, updatedBy: userId, updatedAt: new Date() };
    await tx
      .insert(logRetention)
      .values({ workspaceId, ...values })
      .onConflictDoUpdate({ target: logRetention.workspaceId, set: values });
  } else await tx.delete(logRetention).where(here);
  await recordAudit(tx, scope, {
    action: setAction,
    resourceType: "workspace",
    resourceId: workspaceId,
    before: before ? { days: before.days, undoHours: before.undoHours } : null,
    after: policy && { ...policy },
    key: `retention/${randomUUID()}`,
  });
}

const setAction = "archive.set_retention";
const recorded = z.object({ days: z.number().int(), undoHours: z.number().int() }).nullable();

async function lastChange(
  tx: Transaction,
  { workspaceId }: WorkspaceScope,
): Promise<{ before: RetentionPolicy | null; at: Date } | null> {
  const [last] = await tx
    .select({ before: auditEntries.beforeSummary, at: auditEntries.createdAt })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.resourceType, "workspace"),
        eq(auditEntries.resourceId, workspaceId),
        eq(auditEntries.action, setAction),
      ),
    )
    .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
    .limit(1);
  return last ? { before: recorded.parse(last.before), at: last.at } : null;
}

async function follow(scope: WorkspaceScope, policy: RetentionPolicy | null): Promise<SetRetention> {
  const { marked, unmarked } = await alignMarks(scope, policy);
  const kept = policy
    ? `Archived logs are kept for ${formatPlural(policy.days, "day")}.`
    : "Archived logs are kept for ever.";
  const going =
    policy && marked > 0
      ? ` ${formatPlural(marked, "chunk")} ${marked === 1 ? "is" : "are"} deleted in ${formatPlural(policy.undoHours, "hour")} unless this is undone.`
      : "";
  const staying =
    unmarked > 0
      ? ` ${formatPlural(unmarked, "chunk")} that would have been deleted ${unmarked === 1 ? "stays" : "stay"}.`
      : "";
  return { ok: true, message: `${kept}${going}${staying}`, marked, unmarked };
}
