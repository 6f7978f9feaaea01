import "server-only";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { abandonedAfterMs, sealAbandoned } from "@/lib/logs/seal";
import { logReservations } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { Job } from "./job";
import { logEvent } from "./log";

/** Closes the reservations of writers that died, which would hold up the archive for ever. */
export function sealJob(): Job {
  return { name: "seal", idleMs: 60_000, run: sealRound };
}

async function sealRound(signal: AbortSignal): Promise<boolean> {
  const abandoned = await acrossWorkspaces(workerPlatformScope(), logReservations)
    .find({ state: "open", createdAt: { $lte: new Date(Date.now() - abandonedAfterMs) } })
    .sort({ createdAt: 1 })
    .limit(100)
    .toArray();
  const episodes = new Map(abandoned.map((found) => [`${found.workspaceId}/${found.episodeId}`, found]));
  for (const { workspaceId, episodeId } of episodes.values()) {
    if (signal.aborted) break;
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
  return false;
}
