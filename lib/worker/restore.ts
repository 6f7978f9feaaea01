import "server-only";
import { clearRestore, endOverdue } from "@/lib/archive/restore/clear";
import { copyRestore } from "@/lib/archive/restore/copy";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { type LogRestore, logRestores } from "@/lib/mongo/collections/log-operations";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** Copies the archived rows that people asked for, and clears them away when their time is over. */
export function restoreJob(): Job {
  return {
    name: "restore",
    idleMs: 3_000,
    run: async (signal) => {
      let did = false;
      await eachInTurn(await findUnsettled(), signal, async (restore) => {
        did = (await settle(restore, signal)) || did;
      });
      return did;
    },
  };
}

function findUnsettled(): Promise<LogRestore[]> {
  return acrossWorkspaces(workerPlatformScope(), logRestores)
    .find({
      cleared: false,
      $or: [
        { state: { $in: ["copying", "cancelled", "expired", "failed"] } },
        { state: "ready", expiresAt: { $lte: new Date() } },
      ],
    })
    .sort({ requestedAt: 1 })
    .limit(50)
    .toArray();
}

async function settle(restore: LogRestore, signal: AbortSignal): Promise<boolean> {
  const scope = await scopeForWorker(restore.workspaceId);
  if (!scope) return false;
  const { episodeId, from, to } = restore;
  const about = { workspace: scope.workspaceSlug, episode: episodeId, from: String(from), to: String(to) };
  if (restore.state === "copying") {
    const started = Date.now();
    const outcome = await copyRestore(scope, restore, { signal });
    logEvent(outcome === "failed" ? "error" : "info", "rows restored", {
      ...about,
      outcome,
      ms: Date.now() - started,
    });
    return outcome !== "stopped";
  }
  await endOverdue(scope);
  await clearRestore(scope, restore);
  logEvent("info", "restored rows cleared", about);
  return true;
}
