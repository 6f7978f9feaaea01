import "server-only";
import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { logExports } from "@/drizzle/schema/log-exports";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { inPlatform, inScope } from "@/lib/db/in-scope";
import { type ExportResult, fileHours, mostRunning } from "./schema";

/** A worker that says nothing for so long has lost its export. Time is the database's. */
export const leaseSeconds = 15;
/** Longer than a failover; after so many attempts a failure is final. */
export const mostAttempts = 5;
/** Attempts whose workers all ended in the middle: something in this export ends workers. */
export const mostClaims = 20;
const firstPauseSeconds = 2;
/** Any number, the same in every process that claims. */
const claimLock = 5_712_004;

/** An export that this worker has, until somebody with a higher attempt has it. */
export interface ClaimedExport {
  id: string;
  workspaceId: string;
  userId: string;
  episodeId: string;
  params: string;
  attempt: number;
}

/**
 * The next export to do, for this worker alone: one that waits, or one whose worker fell silent. Claims come one after the
 * other, so that no workspace has more than its share at once, and workspaces without one running come first.
 */
export function claimExport(platform: PlatformScope): Promise<ClaimedExport | null> {
  return inPlatform(platform, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${claimLock})`);
    const running = sql`(select count(*) from ${logExports} other where other.workspace_id = ${logExports.workspaceId}
      and other.state = 'running' and other.lease_until > now())`;
    const waits = and(
      eq(logExports.state, "queued"),
      or(isNull(logExports.notBefore), lte(logExports.notBefore, sql`now()`)),
    );
    const fellSilent = and(eq(logExports.state, "running"), lt(logExports.leaseUntil, sql`now()`));
    const [next] = await tx
      .select({ id: logExports.id, attempt: logExports.attempt })
      .from(logExports)
      .where(
        and(
          inArray(logExports.state, ["queued", "running"]),
          or(waits, fellSilent),
          sql`${running} < ${mostRunning}`,
        ),
      )
      .orderBy(running, asc(logExports.createdAt), asc(logExports.id))
      .limit(1);
    if (!next) return null;
    const [claimed] = await tx
      .update(logExports)
      .set({
        state: "running",
        attempt: next.attempt + 1,
        leaseUntil: leaseEnd(),
        startedAt: sql`coalesce(${logExports.startedAt}, now())`,
        rowsWritten: 0n,
        bytesWritten: 0n,
      })
      // Whoever fell silent may have spoken, or its owner cancelled, since the row was read.
      .where(and(eq(logExports.id, next.id), eq(logExports.attempt, next.attempt), or(waits, fellSilent)))
      .returning({
        id: logExports.id,
        workspaceId: logExports.workspaceId,
        userId: logExports.userId,
        episodeId: logExports.episodeId,
        params: logExports.params,
        attempt: logExports.attempt,
      });
    return claimed ?? null;
  });
}

/** Says that the worker is alive and how far it is; false when the export is not its own any more, or was cancelled. */
export async function keepExport(
  scope: WorkspaceScope,
  claim: ClaimedExport,
  { rows, bytes }: { rows: bigint; bytes: number },
): Promise<boolean> {
  return change(scope, claim, {
    leaseUntil: leaseEnd(),
    rowsWritten: rows,
    bytesWritten: BigInt(bytes),
  });
}

interface FinishedFile {
  prefix: string;
  partBytes: number;
  sizeBytes: number;
  result: ExportResult;
}

/** The file becomes the export's; from here on it is there, whole. */
export function finishExport(
  scope: WorkspaceScope,
  claim: ClaimedExport,
  { prefix, partBytes, sizeBytes, result }: FinishedFile,
): Promise<boolean> {
  return change(scope, claim, {
    state: "done",
    leaseUntil: null,
    objectPrefix: prefix,
    partBytes,
    sizeBytes: BigInt(sizeBytes),
    rowsWritten: BigInt(result.rows),
    bytesWritten: BigInt(sizeBytes),
    result,
    finishedAt: sql`now()`,
    expiresAt: sql`now() + make_interval(hours => ${fileHours})`,
  });
}

export function failExport(scope: WorkspaceScope, claim: ClaimedExport, error: string): Promise<boolean> {
  return change(scope, claim, { state: "failed", leaseUntil: null, error, finishedAt: sql`now()` });
}

/** Back among those that wait: this worker stops, or something stood in the way that may pass. */
export function putExportBack(
  scope: WorkspaceScope,
  claim: ClaimedExport,
  { afterFailure }: { afterFailure: boolean },
): Promise<boolean> {
  const pause = firstPauseSeconds * 2 ** claim.attempt;
  return change(scope, claim, {
    state: "queued",
    leaseUntil: null,
    // A worker that was told to stop has done nothing wrong: the attempt does not count against the wish.
    ...(afterFailure ? { notBefore: sql`now() + make_interval(secs => ${pause})` } : { notBefore: null }),
  });
}

const leaseEnd = () => sql`now() + make_interval(secs => ${leaseSeconds})`;

/** Only by whoever has it: the fence of every step that counts. */
async function change(
  scope: WorkspaceScope,
  { id, attempt }: ClaimedExport,
  values: PgUpdateSetSource<typeof logExports>,
): Promise<boolean> {
  const changed = await inScope(scope, (tx) =>
    tx
      .update(logExports)
      .set(values)
      .where(
        and(
          eq(logExports.id, id),
          eq(logExports.workspaceId, scope.workspaceId),
          eq(logExports.attempt, attempt),
          eq(logExports.state, "running"),
        ),
      )
      .returning({ id: logExports.id }),
  );
  return changed.length > 0;
}
