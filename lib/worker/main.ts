import { setMaxListeners } from "node:events";
import { isDemo } from "@/lib/demo/sign-ins";
import { closeMongo } from "@/lib/mongo/client";
import { refuseExpiry } from "@/lib/mongo/refuse-expiry";
import { archiverJob } from "./archiver";
import { artifactJob } from "./artifacts";
import { auditJob } from "./audit";
import { bulkJob } from "./bulk";
import { canaryJob } from "./canary";
import { deletionJob } from "./deletion";
import { demoHeartbeatJob } from "./demo-heartbeat";
import { exportClearingJob, exportJobs } from "./export";
import { healthJob } from "./health";
import { type Job, loop } from "./job";
import { logEvent, messageOf } from "./log";
import { reconcileJob } from "./reconcile";
import { redriveJob } from "./redrive";
import { restoreJob } from "./restore";
import { retentionJob } from "./retention";
import { scrubJob } from "./scrub";
import { sealJob } from "./seal";
import { sweepJob } from "./sweep";
import { taskJobs } from "./tasks";
import { unmadeRunsJob } from "./unmade-runs";

/** After a stop signal the process is gone by then, whatever a job is doing: every step of it can be cut short. */
const stopWithinMs = 4_500;
const heartbeatMs = 60_000;

async function main(): Promise<void> {
  const stop = new AbortController();
  const started = Date.now();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) return;
      logEvent("info", "worker stopping", { signal });
      stop.abort();
      setTimeout(() => {
        logEvent("warn", "worker stopped in the middle of a job");
        process.exit(0);
      }, stopWithinMs).unref();
    });
  }
  await refuseExpiry();
  const jobs: Job[] = [
    ...taskJobs(),
    archiverJob(),
    sealJob(),
    scrubJob(),
    sweepJob(),
    reconcileJob(),
    restoreJob(),
    ...exportJobs(),
    exportClearingJob(),
    retentionJob(),
    deletionJob(),
    auditJob(),
    canaryJob(),
    redriveJob(),
    unmadeRunsJob(),
    artifactJob(),
    bulkJob(),
    healthJob(),
    heartbeat(started),
    ...(isDemo() ? [demoHeartbeatJob()] : []),
  ];
  // Each job and each pause of one listens; that many are no leak.
  setMaxListeners(4 * jobs.length, stop.signal);
  logEvent("info", "worker started", { pid: process.pid, jobs: jobs.map(({ name }) => name) });
  await Promise.all(jobs.map((job) => loop(job, stop.signal)));
  await closeMongo();
  logEvent("info", "worker stopped", { upSeconds: Math.round((Date.now() - started) / 1000) });
  // The pool of PostgreSQL would keep the process for its idle time.
  process.exit(0);
}

function heartbeat(started: number): Job {
  return {
    name: "heartbeat",
    idleMs: heartbeatMs,
    run: async () => {
      const upSeconds = Math.round((Date.now() - started) / 1000);
      logEvent("info", "worker alive", {
        upSeconds,
        rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
      });
      return false;
    },
  };
}

main().catch((error: unknown) => {
  logEvent("error", "worker failed", { error: messageOf(error) });
  process.exit(1);
});
