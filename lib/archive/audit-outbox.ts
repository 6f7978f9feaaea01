import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type AuditEntry, writeAudit } from "@/lib/db/audit";
import { logAuditOutbox } from "@/lib/mongo/collections/log-operations";
import { newObjectId } from "@/lib/mongo/object-id";
import { type Scoped, scoped } from "@/lib/mongo/scoped";

/*
 * An act changes MongoDB, its audit entry belongs in PostgreSQL, and no transaction spans both. So the entry is written
 * beside the change first, in the change's own transaction, and carried over afterwards: by whoever acted, at once, or by
 * the worker, when that process died in between. The outbox id is the entry's key, so carrying it twice leaves one.
 */

export type Act = Omit<AuditEntry, "key">;

/** Puts the act on its way to the trail, in the transaction that does it. */
export async function noteAct(tx: Scoped, scope: WorkspaceScope, act: Act): Promise<void> {
  const { action, resourceType, resourceId, reason = null, before, after } = act;
  await tx.collection(logAuditOutbox).insertOne({
    _id: newObjectId(),
    actor: scope.actor,
    actorId: scope.userId,
    action,
    resourceType,
    resourceId,
    reason,
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
    at: new Date(),
  });
}

/** Carries what waits in this workspace over to the trail, oldest first, and gives how many entries that were. */
export async function deliverActs(scope: WorkspaceScope): Promise<number> {
  const outbox = scoped(scope).collection(logAuditOutbox);
  const waiting = await outbox.find({}).sort({ at: 1, _id: 1 }).limit(500).toArray();
  for (const {
    _id,
    actor,
    actorId,
    action,
    resourceType,
    resourceId,
    reason,
    before,
    after,
    at,
  } of waiting) {
    const entry = {
      action,
      resourceType,
      resourceId,
      reason,
      before: before === null ? null : JSON.parse(before),
      after: after === null ? null : JSON.parse(after),
      key: `logs/${_id}`,
    };
    await writeAudit(scope, entry, { actor, actorId, at });
    await outbox.deleteMany({ _id });
  }
  return waiting.length;
}

/** One act, by itself: `change` and the entry about it are there together or not at all. Null from `change` leaves no entry. */
export async function audited<T>(
  scope: WorkspaceScope,
  change: (tx: Scoped) => Promise<{ act: Act; result: T } | null>,
): Promise<T | null> {
  const done = await scoped(scope).transaction(async (tx) => {
    const outcome = await change(tx);
    if (outcome) await noteAct(tx, scope, outcome.act);
    return outcome;
  });
  if (!done) return null;
  // The act is done and its entry is safe; a trail that does not answer now gets it from the worker.
  await deliverActs(scope).catch((error) => console.error("An audit entry waits in the outbox:", error));
  return done.result;
}
