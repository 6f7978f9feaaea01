import "server-only";
import { and, count, eq, inArray, sql } from "drizzle-orm";
import { logExports } from "@/drizzle/schema/log-exports";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { recordAudit } from "@/lib/db/audit";
import { inScope, type Transaction } from "@/lib/db/in-scope";
import { AppError } from "@/lib/errors";
import { findRecord } from "../../read/page";
import { smaller } from "../../spans";
import { estimateExport } from "../estimate";
import { exportParams } from "../params";
import { exportRequestFrom } from "../request";
import { type ExportInput, mostUnfinished, type StartExportInput } from "./schema";

const notThere = { ok: false, code: "not_found", message: "There is no such export of yours." } as const;

/** Puts an export on the list of the workers. Sent twice, it is one: its id was made when the form was drawn. */
export async function startExport(
  scope: WorkspaceScope,
  { exportId, episodeId, params }: StartExportInput,
): Promise<MutationResult> {
  const { userId } = scope;
  if (userId === null) return { ok: false, code: "forbidden", message: "Exports are made for people." };
  const request = exportRequestFrom(new URLSearchParams(params));
  if (request.only !== null || request.resumed)
    throw new AppError("bad_input", "An export in the background is a whole file.");
  const record = await findRecord(scope, episodeId);
  const estimate = record && (await estimateExport(scope, episodeId, request));
  if (!record || !estimate)
    return { ok: false, code: "not_found", message: "There is no such episode in this workspace." };
  if (record.nextSequenceNumber === 0n)
    return { ok: false, code: "conflict", message: "This episode has no rows yet." };
  // It ends at what exists now, so that a second attempt writes the same file as the first.
  const newest = record.nextSequenceNumber - 1n;
  const to = request.to === null ? newest : smaller(request.to, newest);
  const fixed = exportParams({ ...request, to }).toString();
  return inScope(scope, async (tx) => {
    const unfinished = await countUnfinished(tx, scope.workspaceId, userId);
    if (unfinished >= mostUnfinished) {
      const message = `You have ${unfinished} exports that are not finished. Wait for one, or cancel it.`;
      return { ok: false, code: "rate_limited", message };
    }
    const [made] = await tx
      .insert(logExports)
      .values({
        id: exportId,
        workspaceId: scope.workspaceId,
        userId,
        episodeId,
        params: fixed,
        expectedRows: BigInt(estimate.rows),
        expectedExact: estimate.exact,
      })
      .onConflictDoNothing({ target: logExports.id })
      .returning({ id: logExports.id });
    if (made) {
      const act = { action: "logs.export", resourceType: "episode", resourceId: episodeId };
      await recordAudit(tx, scope, { ...act, after: { params: fixed }, key: `export/${exportId}` });
    }
    return { ok: true, message: "The export is on its way." };
  });
}

/** Whoever writes it finds out within half a second and throws away what it has. */
export async function cancelExport(
  scope: WorkspaceScope,
  { exportId }: ExportInput,
): Promise<MutationResult> {
  const [cancelled] = await inScope(scope, (tx) =>
    tx
      .update(logExports)
      .set({ state: "cancelled", leaseUntil: null, finishedAt: sql`now()` })
      .where(and(ownExport(scope, exportId), inArray(logExports.state, ["queued", "running"])))
      .returning({ id: logExports.id }),
  );
  if (cancelled) return { ok: true, message: "The export is cancelled." };
  return finishedAlready(scope, exportId);
}

/** The file's time is over at once; the worker deletes it. */
export async function deleteExportFile(
  scope: WorkspaceScope,
  { exportId }: ExportInput,
): Promise<MutationResult> {
  const [ended] = await inScope(scope, (tx) =>
    tx
      .update(logExports)
      .set({ state: "expired", expiresAt: sql`now()` })
      .where(and(ownExport(scope, exportId), eq(logExports.state, "done")))
      .returning({ id: logExports.id }),
  );
  return ended ? { ok: true, message: "The file is deleted." } : finishedAlready(scope, exportId);
}

async function finishedAlready(scope: WorkspaceScope, exportId: string): Promise<MutationResult> {
  const [found] = await inScope(scope, (tx) =>
    tx.select({ id: logExports.id }).from(logExports).where(ownExport(scope, exportId)).limit(1),
  );
  return found
    ? { ok: false, code: "conflict", message: "This export has ended in the meantime." }
    : notThere;
}

function ownExport(scope: WorkspaceScope, exportId: string) {
  return and(
    eq(logExports.id, exportId),
    eq(logExports.workspaceId, scope.workspaceId),
    scope.userId === null ? sql`false` : eq(logExports.userId, scope.userId),
  );
}

async function countUnfinished(tx: Transaction, workspaceId: string, userId: string): Promise<number> {
  const [counted] = await tx
    .select({ rows: count() })
    .from(logExports)
    .where(
      and(
        eq(logExports.workspaceId, workspaceId),
        eq(logExports.userId, userId),
        inArray(logExports.state, ["queued", "running"]),
      ),
    );
  return counted?.rows ?? 0;
}
