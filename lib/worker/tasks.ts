import "server-only";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { workerPlatformScope } from "@/lib/auth/access";
import { env } from "@/lib/env";
import { servedExecutors } from "@/lib/runs/executors/registry";
import type { Job } from "./job";
import { TaskPool } from "./task-pool";

/** Works on tasks of runs. One round lasts as long as the process; it ends early when a database is away. */
export function taskJob(): Job {
  const workerId = `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const slots = env().STRATA_WORKER_SLOTS;
  const pool = new TaskPool(workerPlatformScope(), { workerId, slots, executors: servedExecutors() });
  return {
    name: "tasks",
    idleMs: 0,
    run: async (signal) => {
      await pool.work(signal);
      return false;
    },
  };
}
