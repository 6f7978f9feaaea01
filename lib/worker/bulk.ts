import "server-only";
import { scopeForMember, workerPlatformScope } from "@/lib/auth/access";
import { claimBulkJob, type HeldJob } from "@/lib/runs/bulk/lease";
import { stopWithoutRights } from "@/lib/runs/bulk/stop";
import { workOnBulkJob } from "@/lib/runs/bulk/work";
import { second } from "@/lib/time";
import type { Job } from "./job";
import { logEvent } from "./log";

/** Works through what people asked to be done to many runs, one job at a time a worker. */
export function bulkJob(): Job {
  return {
    name: "bulk",
    idleMs: second,
    run: async (signal) => {
      const job = await claimBulkJob(workerPlatformScope());
      if (!job) return false;
      await workOn(job, signal);
      return true;
    },
  };
}

async function workOn(job: HeldJob, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  const rights = () =>
    scopeForMember({ userId: job.requestedBy, workspaceId: job.workspaceId }, "runs:write");
  const about = { workspace: job.workspaceId, bulk: job._id, kind: job.kind };
  if (!(await rights())) {
    await stopWithoutRights(workerPlatformScope(), job);
    logEvent("warn", "bulk job refused", about);
    return;
  }
  const end = await workOnBulkJob(job, { signal, rights });
  logEvent(end === "lost" ? "warn" : "info", "bulk job ended", { ...about, end, ms: Date.now() - started });
}
