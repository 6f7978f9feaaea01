import type { LogRestore } from "@/lib/mongo/collections/log-operations";
import type { RestorePreview } from "./plan";

/** A restore as JSON carries it. */
export function toRestoreJson(restore: LogRestore) {
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
    requestedAt: restore.requestedAt.toISOString(),
    expiresAt: restore.expiresAt.toISOString(),
  };
}

export function toPreviewJson({ plan, quota, fits }: RestorePreview) {
  return { ...plan, from: plan.from.toString(), to: plan.to.toString(), quota, fits };
}
