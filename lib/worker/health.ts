import "server-only";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { workerPlatformScope } from "@/lib/auth/access";
import { inPlatform } from "@/lib/db/in-scope";
import { probeStores, recordStoreErrors, reportAlive } from "@/lib/health/report";
import type { Job } from "./job";

const everyMs = 15_000;

/** Says that this worker is alive, whether the stores answer it, and what it met at the object store. */
export function healthJob(): Job {
  const worker = `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const startedAt = new Date();
  return {
    name: "health",
    idleMs: everyMs,
    run: async () => {
      const platform = workerPlatformScope();
      await reportAlive(platform, worker, startedAt);
      await probeStores(platform);
      await recordStoreErrors((work) => inPlatform(platform, work));
      return false;
    },
  };
}
