import "server-only";
import { type PlatformScope, scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { collectArtifact } from "@/lib/runs/work/collect-artifacts";
import { minute } from "@/lib/time";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

const perRound = 200;
/** Far above what lies between an artifact's last byte and the end of its task's completion; tasks that run longer are kept. */
const restMs = 10 * minute;

/** Clears away what fenced-out workers left, and finishes what was cut short between a completion and its artifacts. */
export function artifactJob(): Job {
  return {
    name: "artifacts",
    idleMs: 5 * minute,
    run: async (signal) => {
      const { deleted, accepted } = await collectArtifacts(workerPlatformScope(), signal);
      if (deleted > 0) logEvent("info", "artifacts of lost workers deleted", { deleted });
      return deleted + accepted === perRound;
    },
  };
}

export async function collectArtifacts(
  platform: PlatformScope,
  signal: AbortSignal,
  before = new Date(Date.now() - restMs),
): Promise<{ deleted: number; accepted: number }> {
  const found = await acrossWorkspaces(platform, artifacts)
    .find(
      { "unaccepted.since": { $lt: before } },
      { projection: { workspaceId: 1, producerId: 1, unaccepted: 1, storageRef: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ "unaccepted.since": 1 })
    .limit(perRound)
    .toArray();
  const done = { deleted: 0, accepted: 0, kept: 0 };
  await eachInTurn(found, signal, async (artifact) => {
    const scope = await scopeForWorker(artifact.workspaceId);
    if (scope) done[await collectArtifact(scope, artifact)]++;
  });
  return done;
}
