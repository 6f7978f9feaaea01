import "server-only";
import { purgeEpisode } from "@/lib/archive/deletion/purge";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** Takes away what deleted episodes left. */
export function deletionJob(): Job {
  return {
    name: "deletion",
    idleMs: 10_000,
    run: async (signal) => {
      const open = await acrossWorkspaces(workerPlatformScope(), logDeletions)
        .find({ state: { $in: ["purging", "draining"] } })
        .sort({ requestedAt: 1 })
        .limit(100)
        .toArray();
      await eachInTurn(open, signal, async (deletion) => {
        const scope = await scopeForWorker(deletion.workspaceId);
        if (!scope) return;
        const state = await purgeEpisode(scope, deletion);
        if (state === deletion.state) return;
        logEvent("info", "episode purged", {
          workspace: scope.workspaceSlug,
          episode: deletion.episodeId,
          state,
        });
      });
      return false;
    },
  };
}
