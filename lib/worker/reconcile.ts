import "server-only";
import { reconcileEpisode } from "@/lib/archive/reconcile/reconcile";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

const everyMs = 24 * 3_600_000;
/** An episode that nobody wrote to for that long rests: counting it disturbs nobody and is not disturbed. */
const restMs = 10 * 60_000;
const episodesPerRound = 20;

/** Compares the counters of every episode with a count, once a day, when it rests. */
export function reconcileJob(): Job {
  return {
    name: "reconcile",
    idleMs: 5 * 60_000,
    run: async (signal) => {
      const now = Date.now();
      // Those that were never compared come first: a field that is absent sorts before every date.
      const longestAgo = await acrossWorkspaces(workerPlatformScope(), logMetadata)
        .find(
          { lastWrittenAt: { $lt: new Date(now - restMs) }, archiveLease: null },
          { projection: { workspaceId: 1, episodeId: 1, reconciledAt: 1 } },
        )
        .sort({ reconciledAt: 1 })
        .limit(episodesPerRound)
        .toArray();
      const due = longestAgo.filter(({ reconciledAt }) => (reconciledAt?.getTime() ?? 0) < now - everyMs);
      await eachInTurn(due, signal, async ({ workspaceId, episodeId }) => {
        const scope = await scopeForWorker(workspaceId);
        if (!scope) return;
        const result = await reconcileEpisode(scope, episodeId);
        if (result.ok && result.repaired.length === 0) return;
        logEvent("warn", result.ok ? "counters corrected" : "counters not corrected", {
          workspace: scope.workspaceSlug,
          episode: episodeId,
          message: result.message,
          ...(!result.ok && { problems: result.problems.slice(0, 20) }),
        });
      });
      return due.length === episodesPerRound;
    },
  };
}
