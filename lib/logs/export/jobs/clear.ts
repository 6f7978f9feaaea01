import "server-only";
import { and, asc, eq, inArray, lt, lte, or, sql } from "drizzle-orm";
import { logExports } from "@/drizzle/schema/log-exports";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { inPlatform, inScope } from "@/lib/db/in-scope";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { exportPrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { leaseSeconds } from "./claim";
import { deleteParts } from "./part-writer";

const atOnce = 50;
const keptDays = 30;

export interface ClearReport {
  cleared: number;
  more: boolean;
}

/**
 * Deletes the objects of exports that are over: files past their time, and what attempts left that were cancelled or failed.
 * Those wait for a lease to pass first, so that a worker which has not heard of it yet writes nothing behind this.
 */
export async function clearExports(platform: PlatformScope, signal: AbortSignal): Promise<ClearReport> {
  const silent = sql`now() - make_interval(secs => ${2 * leaseSeconds})`;
  const over = await inPlatform(platform, (tx) =>
    tx
      .select({ id: logExports.id, workspaceId: logExports.workspaceId })
      .from(logExports)
      .where(
        and(
          eq(logExports.cleared, false),
          or(
            and(inArray(logExports.state, ["done", "expired"]), lte(logExports.expiresAt, sql`now()`)),
            and(inArray(logExports.state, ["failed", "cancelled"]), lt(logExports.finishedAt, silent)),
          ),
        ),
      )
      .orderBy(asc(logExports.finishedAt))
      .limit(atOnce),
  );
  let cleared = 0;
  for (const { id, workspaceId } of over) {
    if (signal.aborted) break;
    // The state goes first: a file that is on its way out is offered to nobody.
    await inPlatform(platform, (tx) =>
      tx
        .update(logExports)
        .set({ state: "expired" })
        .where(and(eq(logExports.id, id), eq(logExports.state, "done"))),
    );
    await deleteParts(objectStore(), exportPrefix(workspaceId, id));
    await inPlatform(platform, (tx) =>
      tx.update(logExports).set({ cleared: true }).where(eq(logExports.id, id)),
    );
    cleared++;
  }
  return { cleared, more: over.length === atOnce };
}

/** Forgets exports that ended long ago and left nothing. */
export async function forgetExports(platform: PlatformScope): Promise<void> {
  await inPlatform(platform, (tx) =>
    tx
      .delete(logExports)
      .where(
        and(
          eq(logExports.cleared, true),
          lt(logExports.finishedAt, sql`now() - make_interval(days => ${keptDays})`),
        ),
      ),
  );
}

/** Workspaces in which files lie. */
export async function workspacesWithFiles(platform: PlatformScope): Promise<string[]> {
  const found = await inPlatform(platform, (tx) =>
    tx
      .selectDistinct({ workspaceId: logExports.workspaceId })
      .from(logExports)
      .where(eq(logExports.state, "done")),
  );
  return found.map(({ workspaceId }) => workspaceId);
}

/** Whoever deletes an episode wants its rows gone: files of it end with it. */
export async function endFilesOfDeleted(scope: WorkspaceScope): Promise<number> {
  const ofWorkspace = and(eq(logExports.workspaceId, scope.workspaceId), eq(logExports.state, "done"));
  const episodes = await inScope(scope, (tx) =>
    tx.selectDistinct({ episodeId: logExports.episodeId }).from(logExports).where(ofWorkspace),
  );
  const names = episodes.map(({ episodeId }) => episodeId);
  const present = await scoped(scope)
    .collection(logMetadata)
    .find({ episodeId: { $in: names } }, { projection: { episodeId: 1 } })
    .sort({ episodeId: 1 })
    .toArray();
  const gone = names.filter((name) => !present.some(({ episodeId }) => episodeId === name));
  if (gone.length === 0) return 0;
  const ended = await inScope(scope, (tx) =>
    tx
      .update(logExports)
      .set({ state: "expired", expiresAt: sql`now()` })
      .where(and(ofWorkspace, inArray(logExports.episodeId, gone)))
      .returning({ id: logExports.id }),
  );
  return ended.length;
}
