import "server-only";
import { workspacesWithRetention } from "@/lib/archive/retention/policy";
import { retentionRound } from "@/lib/archive/retention/round";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** Marks and deletes what the retention of each workspace ends. */
export function retentionJob(): Job {
  return {
    name: "retention",
    idleMs: 5 * 60_000,
    run: async (signal) => {
      const platform = workerPlatformScope();
      const unfinished = await acrossWorkspaces(platform, logExpired).distinct("workspaceId", {
        objectDeleted: false,
      });
      let more = false;
      const workspaces = new Set([...(await workspacesWithRetention(platform)), ...unfinished]);
      await eachInTurn(workspaces, signal, async (workspaceId) => {
        const scope = await scopeForWorker(workspaceId);
        if (!scope) return;
        const round = await retentionRound(scope, signal);
        more ||= round.more;
        if (round.marked + round.expired === 0) return;
        const { marked, expired } = round;
        logEvent("info", "retention", { workspace: scope.workspaceSlug, marked, expired });
      });
      return more;
    },
  };
}
