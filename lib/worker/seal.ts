import "server-only";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { abandonedAfterMs, sealAbandoned, takeBack } from "@/lib/logs/seal";
import { type LogReservation, logReservations } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { Job } from "./job";
import { logEvent } from "./log";

/** A writer that slept longer than this has no connection left to write with. */
const watchedMs = 24 * 3_600_000;

/** Closes the reservations of writers that died, which would hold up the archive for ever. */
export function sealJob(): Job {
  return { name: "seal", idleMs: 60_000, run: sealRound };
}

async function sealRound(signal: AbortSignal): Promise<boolean> {
  const now = Date.now();
  for (const { workspaceId, episodeId } of await episodesWith("open", {
    $lte: new Date(now - abandonedAfterMs),
  })) {
    if (signal.aborted) return false;
    const scope = await scopeForWorker(workspaceId);
    if (!scope) continue;
    const { sealed, missing } = await sealAbandoned(scope, episodeId);
    if (sealed > 0) {
      logEvent("warn", "reservations sealed", {
        workspace: scope.workspaceSlug,
        episode: episodeId,
        reservations: sealed,
        tombstones: missing.toString(),
      });
    }
  }
  for (const { workspaceId, episodeId } of await episodesWith("tombstone", {
    $gte: new Date(now - watchedMs),
  })) {
    if (signal.aborted) return false;
    const scope = await scopeForWorker(workspaceId);
    const removed = scope ? await takeBack(scope, episodeId) : 0;
    if (removed > 0) logEvent("warn", "late rows taken back", { episode: episodeId, rows: removed });
  }
  return false;
}

/** Episodes with a reservation in this state that was made in this time, the longest ago first. */
async function episodesWith(
  state: LogReservation["state"],
  createdAt: { $lte: Date } | { $gte: Date },
): Promise<Pick<LogReservation, "workspaceId" | "episodeId">[]> {
  const found = await acrossWorkspaces(workerPlatformScope(), logReservations)
    .find({ state, createdAt })
    .sort({ createdAt: 1 })
    .limit(1000)
    .toArray();
  return [...new Map(found.map((one) => [`${one.workspaceId}/${one.episodeId}`, one])).values()];
}
