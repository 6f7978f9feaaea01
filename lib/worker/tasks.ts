import "server-only";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { workerPlatformScope } from "@/lib/auth/access";
import { env } from "@/lib/env";
import { servedExecutors } from "@/lib/runs/executors/registry";
import { forgetPlatformWorker, reportPlatformWorker } from "@/lib/runs/workers/report";
import packageFile from "@/package.json" with { type: "json" };
import type { Job } from "./job";
import { logEvent, messageOf } from "./log";
import { TaskPool } from "./task-pool";

const signEveryMs = 10_000;

/**
 * Works on tasks of runs, and says on record which executors it serves. The first job's round lasts as long as the process; it ends
 * early when a database is away, and begins again. None for a worker without slots.
 */
export function taskJobs(): Job[] {
  const platform = workerPlatformScope();
  const workerId = `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const slots = env().STRATA_WORKER_SLOTS;
  const executors = servedExecutors();
  if (slots === 0) return [];
  const pool = new TaskPool(platform, { workerId, slots, executors });
  return [
    {
      name: "tasks",
      idleMs: 0,
      run: async (signal) => {
        await pool.work(signal);
        await forgetPlatformWorker(platform, workerId).catch((error: unknown) =>
          // It is taken for gone within a minute all the same.
          logEvent("warn", "worker not signed off", { error: messageOf(error) }),
        );
        return false;
      },
    },
    {
      name: "worker sign",
      idleMs: signEveryMs,
      run: async () => {
        const sign = { workerId, executors, slots, busy: pool.busy, version: packageFile.version };
        await reportPlatformWorker(platform, sign);
        return false;
      },
    },
  ];
}
