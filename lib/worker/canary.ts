import "server-only";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { claimTurn } from "@/lib/canary/memory";
import { canaryRound, usualPlan } from "@/lib/canary/rounds";
import { ensureCanaryWorkspace } from "@/lib/canary/workspace";
import type { Job } from "./job";

const everyMs = 10_000;
/** A worker that falls silent for this long has lost its turn to another one. */
const claimMs = 3 * everyMs;

/** Writes known lines all the time and checks that they can be read: just written, moving to the archive, and for hours after. */
export function canaryJob(): Job {
  const worker = `${hostname()}:${process.pid}:${randomBytes(3).toString("hex")}`;
  return {
    name: "canary",
    idleMs: everyMs,
    run: async () => {
      const platform = workerPlatformScope();
      const workspaceId = await ensureCanaryWorkspace(platform);
      const scope = await scopeForWorker(workspaceId);
      if (scope && (await claimTurn(platform, worker, claimMs)))
        await canaryRound({ platform, scope }, usualPlan);
      return false;
    },
  };
}
