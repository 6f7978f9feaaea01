import "server-only";
import { deliverActs } from "@/lib/archive/audit-outbox";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { logAuditOutbox } from "@/lib/mongo/collections/log-operations";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** Who acted delivers at once; what is older was left by a process that died. */
const leftAfterMs = 30_000;

/** Brings audit entries to the trail that a process left behind in the outbox. */
export function auditJob(): Job {
  return {
    name: "audit",
    idleMs: 30_000,
    run: async (signal) => {
      const left = await acrossWorkspaces(workerPlatformScope(), logAuditOutbox)
        .find({ at: { $lt: new Date(Date.now() - leftAfterMs) } }, { projection: { workspaceId: 1 } })
        .sort({ at: 1 })
        .limit(500)
        .toArray();
      await eachInTurn(new Set(left.map((found) => found.workspaceId)), signal, async (workspaceId) => {
        const scope = await scopeForWorker(workspaceId);
        if (!scope) return;
        const entries = await deliverActs(scope);
        logEvent("warn", "audit entries delivered late", { workspace: scope.workspaceSlug, entries });
      });
      return false;
    },
  };
}
