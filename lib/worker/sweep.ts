import "server-only";
import { orphanDelayMs, sweepOrphans } from "@/lib/archive/sweep";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** Listing a bucket costs money and orphans cost little, so not often. */
const everyMs = 6 * 3_600_000;

/** Deletes what attempts left behind that were cut short: objects without a chunk, and puts that never ended. */
export function sweepJob(): Job {
  return {
    name: "sweep",
    idleMs: everyMs,
    run: async (signal) => {
      const unfinished = await objectStore().sweepUnfinished(new Date(Date.now() - orphanDelayMs));
      if (unfinished > 0) logEvent("info", "unfinished puts swept", { unfinished });
      const workspaces = await acrossWorkspaces(workerPlatformScope(), logMetadata).distinct("workspaceId");
      await eachInTurn(workspaces, signal, async (workspaceId) => {
        const scope = await scopeForWorker(workspaceId);
        if (!scope) return;
        const { deleted, orphanBytes, unexplained } = await sweepOrphans(scope, { dryRun: false, signal });
        if (deleted === 0 && unexplained.length === 0) return;
        logEvent(unexplained.length > 0 ? "warn" : "info", "orphans swept", {
          workspace: scope.workspaceSlug,
          deleted,
          bytes: orphanBytes,
          unexplained: unexplained.slice(0, 20),
        });
      });
      return false;
    },
  };
}
