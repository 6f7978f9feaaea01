import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { pauseBeforeNext } from "@/lib/demo/live-task";
import { toRunDocuments } from "@/lib/demo/run-documents";
import { planRun } from "@/lib/demo/run-plan";
import { demoPeople, type PlacedWorkflow, placeWorkflows } from "@/lib/demo/runs";
import { demoWorkflows } from "@/lib/demo/workflows";
import { createRuns } from "@/lib/runs/create";
import { listRunning } from "@/lib/runs/queries";
import { taskStatuses } from "@/lib/runs/status";
import { seededRandom } from "@/lib/seeded-random";
import { derivedId } from "@/lib/workflows/fingerprint";
import { DemoPlayer } from "./demo-player";

const mostLiveRuns = 4;
/** Runs with more tasks than this would be going for longer than anybody watches. */
const mostTasks = 60;
const tickMs = 1_500;
const afterErrorMs = 10_000;

/** Plays live runs in the demo workspace until `signal` says stop. Takes up what an earlier one has left half-done. */
export async function startDemoProducer(signal: AbortSignal): Promise<void> {
  const scope = await scopeForCommand("demo");
  if (!scope) return;
  const stage = await openStage(scope);
  let started = 0;
  let nextStart = Date.now() + 5_000;
  while (!signal.aborted) {
    let rest = tickMs;
    try {
      const live = await advanceAll(scope, stage.player, signal);
      if (live < mostLiveRuns && Date.now() >= nextStart && !signal.aborted) {
        await startRun(scope, stage.workflows);
        nextStart = Date.now() + pauseBeforeNext(++started, Math.random);
      }
    } catch (error) {
      // The demo's stores may be restarting; what is half-done is taken up by the next look.
      console.error(JSON.stringify({ level: "error", event: "demo.tick_failed", error: String(error) }));
      rest = afterErrorMs;
    }
    await pause(rest, undefined, { signal }).catch(() => {});
  }
}

async function openStage(scope: WorkspaceScope) {
  const workflows = demoWorkflows.filter(({ stages }) => sizeOf(stages) <= mostTasks);
  return {
    workflows: await placeWorkflows(scope, workflows, new Date()),
    player: new DemoPlayer(scope, `demo-${hostname()}-${process.pid}`),
  };
}

/** Returns how many runs are live. */
async function advanceAll(scope: WorkspaceScope, player: DemoPlayer, signal: AbortSignal): Promise<number> {
  const live = await listRunning(scope, 20);
  for (const run of live) {
    if (signal.aborted) break;
    const tasks = taskStatuses.reduce((sum, status) => sum + run.taskCounts[status], 0);
    await player.advance({ id: run.id, tasks });
  }
  return live.length;
}

async function startRun(scope: WorkspaceScope, workflows: PlacedWorkflow[]): Promise<void> {
  const createdAt = new Date();
  const random = seededRandom(String(createdAt.getTime()));
  const [first, ...others] = workflows;
  if (!first) return;
  const place = random.pick([first, ...others]);
  const identity = {
    ...place,
    runId: derivedId("run", scope.workspaceId, "live", String(createdAt.getTime())),
    workspaceId: scope.workspaceId,
    createdAt,
    triggeredBy: random.pick(demoPeople),
  };
  await createRuns(scope, [
    toRunDocuments(identity, "queued", planRun(place.nodes, "queued", 0, random), false),
  ]);
}

const sizeOf = (stages: { count?: number }[]) => stages.reduce((sum, stage) => sum + (stage.count ?? 1), 0);
