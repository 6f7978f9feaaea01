import "server-only";
import { scopeForMember, scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { type ClaimedExport, claimExport, failExport, mostClaims } from "@/lib/logs/export/jobs/claim";
import {
  clearExports,
  endFilesOfDeleted,
  forgetExports,
  workspacesWithFiles,
} from "@/lib/logs/export/jobs/clear";
import { runExport } from "@/lib/logs/export/jobs/run";
import { eachInTurn, type Job } from "./job";
import { logEvent, messageOf } from "./log";

/** One more than a workspace may have running, so that the exports of one never keep the others waiting. */
const lanes = ["a", "b", "c"];

/** Writes the files that people asked for, several at a time. */
export function exportJobs(): Job[] {
  return lanes.map((lane) => ({
    name: `export ${lane}`,
    idleMs: 1_000,
    run: async (signal) => {
      const claim = await claimExport(workerPlatformScope());
      if (!claim) return false;
      await settle(claim, signal);
      return true;
    },
  }));
}

async function settle(claim: ClaimedExport, signal: AbortSignal): Promise<void> {
  const member = () => scopeForMember(claim, "logs:read");
  const scope = await member();
  const started = Date.now();
  const about = { workspace: claim.workspaceId, episode: claim.episodeId, export: claim.id };
  const refusal = scope ? endsWorkers(claim) : "Your access to this workspace has ended.";
  if (!scope || refusal) {
    const worker = await scopeForWorker(claim.workspaceId);
    if (worker) await failExport(worker, claim, refusal ?? "");
    logEvent("warn", "export refused", { ...about, reason: refusal });
    return;
  }
  const outcome = await runExport(scope, claim, {
    signal,
    stillAllowed: async () => (await member()) !== null,
    onFailure: (error) => logEvent("error", "export failed", { ...about, error: messageOf(error) }),
  });
  const ms = Date.now() - started;
  logEvent(outcome === "failed" ? "error" : "info", "export ended", {
    ...about,
    outcome,
    attempt: claim.attempt,
    ms,
  });
}

function endsWorkers({ attempt }: ClaimedExport): string | null {
  return attempt > mostClaims ? `Workers ended in the middle of this export ${mostClaims} times.` : null;
}

/** Deletes files whose day is over, those of deleted episodes, and what attempts left. */
export function exportClearingJob(): Job {
  return {
    name: "export clearing",
    idleMs: 15_000,
    run: async (signal) => {
      const platform = workerPlatformScope();
      await eachInTurn(await workspacesWithFiles(platform), signal, async (workspaceId) => {
        const scope = await scopeForWorker(workspaceId);
        if (scope) await endFilesOfDeleted(scope);
      });
      const { cleared, more } = await clearExports(platform, signal);
      await forgetExports(platform);
      if (cleared > 0) logEvent("info", "exports cleared", { cleared });
      return more;
    },
  };
}
