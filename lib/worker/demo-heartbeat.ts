import "server-only";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { isRetried, liveWorkflows, nextWorkflow, pauseBeforeNext } from "@/lib/demo/heartbeat";
import { demoPeople, placeWorkflows } from "@/lib/demo/runs";
import { demoWorkflows } from "@/lib/demo/workflows";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { retryFailed } from "@/lib/runs/control/retry-tasks";
import { listRunning } from "@/lib/runs/queries";
import { startRun } from "@/lib/runs/start";
import { seededRandom } from "@/lib/seeded-random";
import { hour, minute } from "@/lib/time";
import type { Job } from "./job";
import { logEvent } from "./log";

const lookMs = 5_000;
const mostLiveRuns = 4;
const keyOfHeartbeat = "demo heartbeat";
/** Somebody looks at a failure before they retry it. */
const lookedAtMs = minute;

/**
 * Somebody at work in the demo: starts runs of its workflows and retries some of those that fail, as a person does it. The task
 * worker does the rest.
 */
export function demoHeartbeatJob(): Job {
  let placed: ReturnType<typeof placeLive> | null = null;
  let started = 0;
  let nextStartAt = Date.now() + lookMs;
  return {
    name: "demo heartbeat",
    idleMs: lookMs,
    run: async () => {
      const scope = await scopeForCommand("demo");
      if (!scope) return false;
      placed ??= placeLive(scope);
      const workflowIds = await placed.catch((error: unknown) => {
        placed = null;
        throw error;
      });
      await retrySome(scope);
      if (Date.now() < nextStartAt || (await listRunning(scope, mostLiveRuns)).length >= mostLiveRuns)
        return false;
      await startOne(scope, workflowIds);
      nextStartAt = Date.now() + pauseBeforeNext(++started, Math.random);
      return false;
    },
  };
}

/** Workflow ids by name; made by the seed, and again where somebody has none of its past. */
async function placeLive(scope: WorkspaceScope): Promise<Map<string, string>> {
  const placed = await placeWorkflows(scope, liveWorkflows(demoWorkflows), new Date());
  return new Map(placed.map(({ workflow, version }) => [workflow.name, version.workflowId]));
}

async function startOne(scope: WorkspaceScope, workflowIds: Map<string, string>): Promise<void> {
  const now = Date.now();
  const random = seededRandom(String(now));
  const workflow = nextWorkflow(liveWorkflows(demoWorkflows), random.next);
  const workflowId = workflowIds.get(workflow?.name ?? "");
  if (!workflow || workflowId === undefined) return;
  const answer = await startRun(scope, {
    workflowId,
    inputBindings: workflow.datasets.map((id) => ({ kind: "dataset", id })),
    idempotencyKey: `${keyOfHeartbeat} ${now}`,
    triggeredBy: random.pick(demoPeople),
  });
  if (!answer.ok)
    logEvent("warn", "demo run not started", { workflow: workflow.name, reason: answer.message });
}

/** Failures of the last hours that have been there for a while. */
async function retrySome(scope: WorkspaceScope): Promise<void> {
  const now = Date.now();
  const failed = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { status: "failed", createdAt: { $gt: new Date(now - 3 * hour) } },
      { projection: { idempotencyKey: 1, opSeqCounter: 1, finishedAt: 1 }, maxTimeMS: 5_000 },
    )
    .sort({ createdAt: -1, _id: -1 })
    .limit(50)
    .toArray();
  for (const { _id: runId, idempotencyKey, opSeqCounter, finishedAt } of failed) {
    const own = idempotencyKey?.startsWith(keyOfHeartbeat) ?? false;
    if (!own || finishedAt === null || finishedAt.getTime() > now - lookedAtMs) continue;
    if (isRetried(runId, opSeqCounter)) await retryFailed(scope, runId);
  }
}
