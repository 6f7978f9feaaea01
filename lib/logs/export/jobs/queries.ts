import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { logExports } from "@/drizzle/schema/log-exports";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { exportFileName } from "../headers";
import { exportRequestFrom } from "../request";
import { type ExportJob, type ExportJobs, exportResult } from "./schema";

const mostListed = 30;
const columns = {
  id: logExports.id,
  episodeId: logExports.episodeId,
  params: logExports.params,
  state: logExports.state,
  createdAt: logExports.createdAt,
  startedAt: logExports.startedAt,
  finishedAt: logExports.finishedAt,
  expectedRows: logExports.expectedRows,
  expectedExact: logExports.expectedExact,
  rowsWritten: logExports.rowsWritten,
  bytesWritten: logExports.bytesWritten,
  objectPrefix: logExports.objectPrefix,
  partBytes: logExports.partBytes,
  sizeBytes: logExports.sizeBytes,
  result: logExports.result,
  error: logExports.error,
  expiresAt: logExports.expiresAt,
};
type ExportRow = Pick<typeof logExports.$inferSelect, keyof typeof columns>;

/** The exports of the person behind the scope, newest first; nobody sees those of somebody else. */
export async function listExports(scope: WorkspaceScope): Promise<ExportJobs> {
  const rows = await inScope(scope, (tx) =>
    tx
      .select(columns)
      .from(logExports)
      .where(ownedBy(scope))
      .orderBy(desc(logExports.createdAt), desc(logExports.id))
      .limit(mostListed),
  );
  return { exports: rows.map(toExportJob), asOf: new Date().toISOString() };
}

/** One of them, with where its file lies while there is one. */
export async function findExport(
  scope: WorkspaceScope,
  exportId: string,
): Promise<{ job: ExportJob; file: { prefix: string; partBytes: number; sizeBytes: number } | null } | null> {
  const [row] = await inScope(scope, (tx) =>
    tx
      .select(columns)
      .from(logExports)
      .where(and(ownedBy(scope), eq(logExports.id, exportId)))
      .limit(1),
  );
  if (!row) return null;
  const { state, objectPrefix: prefix, partBytes, sizeBytes, expiresAt } = row;
  const isThere = state === "done" && expiresAt !== null && expiresAt > new Date();
  const file =
    isThere && prefix !== null && partBytes !== null && sizeBytes !== null
      ? { prefix, partBytes, sizeBytes: Number(sizeBytes) }
      : null;
  return { job: toExportJob(row), file };
}

/** A scope of no person owns nothing. */
function ownedBy(scope: WorkspaceScope) {
  return and(
    eq(logExports.workspaceId, scope.workspaceId),
    scope.userId === null ? sql`false` : eq(logExports.userId, scope.userId),
  );
}

function toExportJob(row: ExportRow): ExportJob {
  const { from, to, format } = exportRequestFrom(new URLSearchParams(row.params));
  const time = (at: Date | null) => at?.toISOString() ?? null;
  // The worker clears the file a little later; its time is over all the same.
  const over = row.state === "done" && row.expiresAt !== null && row.expiresAt <= new Date();
  return {
    id: row.id,
    episodeId: row.episodeId,
    state: over ? "expired" : row.state,
    format,
    params: row.params,
    createdAt: row.createdAt.toISOString(),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
    expectedRows: Number(row.expectedRows),
    expectedExact: row.expectedExact,
    rowsWritten: Number(row.rowsWritten),
    bytesWritten: Number(row.bytesWritten),
    fileName: exportFileName(row.episodeId, { format, from, through: to ?? 0n }),
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    result: row.result === null ? null : exportResult.parse(row.result),
    error: row.error,
    expiresAt: time(row.expiresAt),
  };
}
