import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { namesOf } from "@/lib/db/names";
import type { LogRestore } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import type { Restore, RestoreList, RestorePreview as RestorePreviewJson } from "../acts/schema";
import { type RestorePreview, restoredRows, restoreQuotaRows } from "./plan";
import { listRestores } from "./request";

/** The restores of an episode and what is left of the workspace's quota, as the browser shows them. */
export async function getRestoreList(scope: WorkspaceScope, episodeId: string): Promise<RestoreList> {
  const [restores, used] = await Promise.all([listRestores(scope, episodeId), restoredRows(scoped(scope))]);
  const names = await namesOf(
    scope,
    restores.map(({ requestedBy }) => requestedBy),
  );
  return {
    restores: restores.map((one) =>
      toRestoreJson(one, one.requestedBy === null ? null : (names.get(one.requestedBy) ?? null)),
    ),
    quota: { rows: restoreQuotaRows, used },
  };
}

function toRestoreJson(restore: LogRestore, requestedBy: string | null): Restore {
  return {
    restoreId: String(restore._id),
    from: restore.from.toString(),
    to: restore.to.toString(),
    state: restore.state,
    chunks: restore.chunks,
    chunksDone: restore.chunksDone,
    rows: Number(restore.rows),
    rawBytes: Number(restore.rawBytes),
    error: restore.error,
    requestedBy,
    requestedAt: restore.requestedAt.toISOString(),
    expiresAt: restore.expiresAt.toISOString(),
  };
}

export function toPreviewJson({ plan, quota, fits }: RestorePreview): RestorePreviewJson {
  return { ...plan, from: plan.from.toString(), to: plan.to.toString(), quota, fits };
}
