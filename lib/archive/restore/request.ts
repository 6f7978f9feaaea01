import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { Span } from "@/lib/logs/spans";
import { type LogRestore, logRestores } from "@/lib/mongo/collections/log-operations";
import { newObjectId } from "@/lib/mongo/object-id";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { audited } from "../audit-outbox";
import { passFence, raiseFence } from "../fence";
import { planRestore, type RestorePlan, restoredRows, restoreQuotaRows } from "./plan";

const hour = 3_600_000;

export interface RestoreAnswer {
  ok: true;
  message: string;
  restoreId: string;
  expiresAt: Date;
}

/**
 * Asks for archived rows to be in MongoDB again for some hours; the worker copies them. The same range twice is one restore
 * that ends at the later of the two times. Throws an AppError where nothing can be restored, or too much.
 */
export async function requestRestore(
  scope: WorkspaceScope,
  { episodeId, from, to, hours }: Span & { episodeId: string; hours: number },
): Promise<RestoreAnswer> {
  const wanted = new Date(Date.now() + hours * hour);
  await raiseFence(scope, "restore");
  const restore = await audited(scope, async (tx) => {
    // Two wishes at once must not both fit into what is left of the quota.
    await passFence(tx, "restore");
    const plan = await planRestore(tx, episodeId, { from, to });
    if (!plan) throw new AppError("not_found", "No archived row lies in this range.");
    const same = await findActive(tx, episodeId, plan);
    if (same) return extend(tx, same, wanted);
    const used = await restoredRows(tx);
    if (used + plan.rows > restoreQuotaRows) throw new AppError("too_large", overQuota(plan.rows, used));
    return begin(tx, scope, episodeId, plan, wanted);
  });
  if (!restore) throw new Error("A restore that was asked for is not there");
  const { expiresAt } = restore;
  const message = `Rows ${restore.from} to ${restore.to} are copied by the worker and stay until ${expiresAt.toISOString()}.`;
  return { ok: true, message, restoreId: String(restore._id), expiresAt };
}

/** Ends a restore before its time. What it copied is cleared away by the worker; the archive serves the rows again. */
export async function cancelRestore(
  scope: WorkspaceScope,
  { restoreId }: { restoreId: string },
): Promise<{ ok: true; message: string } | { ok: false; code: "not_found"; message: string }> {
  const none = { ok: false, code: "not_found", message: "There is no such restore under way." } as const;
  const wanted = (await activeRestores(scope)).find(({ _id }) => String(_id) === restoreId);
  if (!wanted) return none;
  const cancelled = await audited(scope, async (tx) => {
    const ended = await tx
      .collection(logRestores)
      .updateOne({ _id: wanted._id, state: { $in: ["copying", "ready"] } }, { $set: { state: "cancelled" } });
    return ended.matchedCount === 0 ? null : { act: actOf("cancel_restore", wanted), result: true };
  });
  return cancelled ? { ok: true, message: "The restore is ended; the archive serves these rows." } : none;
}

/** Restores of an episode, newest first. */
export function listRestores(scope: WorkspaceScope, episodeId: string): Promise<LogRestore[]> {
  return scoped(scope)
    .collection(logRestores)
    .find({ episodeId })
    .sort({ requestedAt: -1 })
    .limit(100)
    .toArray();
}

function activeRestores(scope: WorkspaceScope): Promise<LogRestore[]> {
  return scoped(scope)
    .collection(logRestores)
    .find({ state: { $in: ["copying", "ready"] } })
    .sort({ _id: 1 })
    .toArray();
}

function findActive(tx: Scoped, episodeId: string, { from, to }: Span): Promise<LogRestore | null> {
  return tx
    .collection(logRestores)
    .findOne({ episodeId, from, to, state: { $in: ["copying", "ready"] } }, { sort: { requestedAt: -1 } });
}

/** Goes through the chunks once more: what is there is told to stay longer, what is missing is copied. */
async function extend(tx: Scoped, restore: LogRestore, wanted: Date) {
  const expiresAt = wanted > restore.expiresAt ? wanted : restore.expiresAt;
  await tx
    .collection(logRestores)
    .updateOne({ _id: restore._id }, { $set: { state: "copying", chunksDone: 0, expiresAt } });
  const extended = { ...restore, expiresAt };
  return { act: actOf("extend_restore", extended), result: extended };
}

async function begin(
  tx: Scoped,
  scope: WorkspaceScope,
  episodeId: string,
  { from, to, chunks, rows, rawBytes }: RestorePlan,
  expiresAt: Date,
) {
  const restore = {
    _id: newObjectId(),
    workspaceId: scope.workspaceId,
    episodeId,
    from,
    to,
    state: "copying" as const,
    chunks,
    rows: BigInt(rows),
    rawBytes: BigInt(rawBytes),
    chunksDone: 0,
    error: null,
    requestedBy: scope.userId,
    requestedAt: new Date(),
    expiresAt,
    cleared: false,
  };
  await tx.collection(logRestores).insertOne(restore);
  return { act: actOf("request_restore", restore), result: restore };
}

function actOf(verb: string, restore: Pick<LogRestore, "episodeId" | "from" | "to" | "rows" | "expiresAt">) {
  const { episodeId, from, to, rows, expiresAt } = restore;
  return {
    action: `archive.${verb}`,
    resourceType: "log_episode",
    resourceId: episodeId,
    after: { from: String(from), to: String(to), rows: Number(rows), expiresAt: expiresAt.toISOString() },
  };
}

function overQuota(rows: number, used: number): string {
  const count = (value: number) => value.toLocaleString("en");
  return `These are ${count(rows)} rows in whole chunks; ${count(used)} of ${count(restoreQuotaRows)} rows are restored or on their way in this workspace. Cancel a restore, or ask for less.`;
}
