import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { completeTask, heartbeatTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { claimNext } from "@/lib/runs/claim";
import { cancelRun } from "@/lib/runs/control/cancel";
import { retryTasks } from "@/lib/runs/control/retry-tasks";
import { createRuns } from "@/lib/runs/create";
import { bringUpToDate, finishOperation, reapRun } from "@/lib/runs/redrive";
import { settleAfter } from "@/lib/runs/settle";
import type { Random } from "@/lib/seeded-random";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { Interleaving, yieldTurn } from "./interleave";
import { Watch } from "./watch";

/*
 * Workers, people and reapers at one run, each an actor whose every operation on the real store is a step. A random graph, random
 * ends, kills and pauses; after each step the invariants of the run are checked on what is stored.
 */

export interface ModelResult {
  seed: number;
  violation: Watch["violation"];
  status: string;
  steps: number;
  retries: number;
  kills: number;
}

const stormSteps = 400;
const calmSteps = 3_000;

export async function checkModel(scope: WorkspaceScope, seed: number, random: Random): Promise<ModelResult> {
  const runId = `model-${seed}-${random.whole(0, 1e9).toString(36)}`;
  const nodes = graphOf(random);
  await createRuns(scope, [
    newRunOf(
      runId,
      nodes.map((upstream, node) => {
        return newTaskOf(runId, `n${node}`, {
          upstreamNodeIds: upstream.map((one) => `n${one}`),
          executorType: `model-${runId}`,
        });
      }),
    ),
  ]);
  const watch = new Watch(scope, runId, nodes.length);
  const interleaving = new Interleaving(random, { kill: 0.015, pause: 0.02 });
  const wishes = { retries: 3, cancels: 1 };
  let names = 0;
  const keep = (name: string, act: (name: string) => Promise<void>) => {
    const start = () => {
      if (!watch.over)
        interleaving.start(
          name,
          () => act(`${name}-${names++}`),
          start,
          (error) => watch.fail(error),
        );
    };
    start();
  };
  for (const name of ["worker-a", "worker-b", "worker-c"])
    keep(name, (owner) => work(scope, runId, owner, random, watch));
  for (const name of ["person-a", "person-b"])
    keep(name, () => wish(scope, runId, random, wishes, watch, nodes.length));
  keep("reaper", () => reap(scope, runId, random));
  let steps = 0;
  try {
    for (; steps < stormSteps && !watch.violation; steps++) {
      await interleaving.step();
      if (random.chance(0.04)) await passTime(scope, runId);
      await watch.look();
    }
    // Nobody asks for anything more and nobody dies: now it has to come to an end.
    interleaving.chances = { kill: 0, pause: 0 };
    wishes.retries = 0;
    wishes.cancels = 0;
    for (; steps < stormSteps + calmSteps && !watch.violation && !(await watch.hasConverged()); steps++) {
      await interleaving.step();
      if (steps % 25 === 0) await passTime(scope, runId);
      await watch.look();
    }
    if (!watch.violation && !(await watch.hasConverged()))
      watch.violate("I6", "the run did not come to an end");
  } finally {
    watch.over = true;
    await interleaving.close();
  }
  return {
    seed,
    violation: watch.violation,
    status: watch.status,
    steps,
    retries: watch.retried.length,
    kills: interleaving.kills,
  };
}

/** Upstream nodes of each node; the order of the nodes is an order of the graph. */
function graphOf(random: Random): number[][] {
  const size = random.whole(3, 6);
  return Array.from({ length: size }, (_, node) =>
    Array.from({ length: node }, (_, before) => before).filter(() => random.chance(0.45)),
  );
}

async function work(
  scope: WorkspaceScope,
  runId: string,
  owner: string,
  random: Random,
  watch: Watch,
): Promise<void> {
  const task = await claimNext(scope, { executors: [`model-${runId}`], workerId: owner });
  if (!task) return yieldTurn();
  const held = { taskId: task._id, fence: task.fence };
  let told: "go_on" | "cancel" | "lost" = "go_on";
  for (let beat = random.whole(0, 4); beat > 0 && told === "go_on"; beat--)
    told = await heartbeatTask(scope, held);
  if (told === "lost") return;
  const outcome = told === "cancel" ? "cancelled" : random.chance(0.75) ? "succeeded" : "failed";
  const answer = await completeTask(scope, held, {
    outcome,
    errorMessage: outcome === "failed" ? "it failed" : null,
    stdoutCount: 1,
    stderrCount: 0,
    outputArtifactIds: [],
    lastResultPreview: null,
  });
  if (answer === "fenced_out") return;
  watch.accepted(held, outcome);
  await settleAfter(scope, runId, [task.nodeId]);
  await aggregateRun(scope, runId);
}

async function wish(
  scope: WorkspaceScope,
  runId: string,
  random: Random,
  wishes: { retries: number; cancels: number },
  watch: Watch,
  size: number,
): Promise<void> {
  await yieldTurn();
  if (wishes.cancels > 0 && random.chance(0.02)) {
    wishes.cancels--;
    await cancelRun(scope, runId);
  } else if (wishes.retries > 0 && random.chance(0.06)) {
    const target = `${runId}.n${random.whole(0, size - 1)}`;
    await retryTasks(scope, runId, [target], (step) => {
      if (step !== "taken") return;
      // From here on it is on record, whoever carries it out.
      wishes.retries--;
      watch.retried.push(target);
    });
  }
}

async function reap(scope: WorkspaceScope, runId: string, random: Random): Promise<void> {
  await yieldTurn();
  await reapRun(scope, runId);
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId, "control.expiresAt": { $lt: new Date() } }, { projection: { control: 1 } });
  if (run) await finishOperation(scope, run);
  if (random.chance(0.3)) await bringUpToDate(scope, runId);
}

/** Every lease and every promise to go on has run out: as if everybody had been asleep for a while. */
async function passTime(scope: WorkspaceScope, runId: string): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  const store = scoped(scope);
  await store
    .collection(runTasks)
    .updateMany({ workflowRunId: runId, status: "running" }, { $set: { leaseExpiresAt: past } });
  await store
    .collection(workflowRuns)
    .updateOne({ _id: runId, control: { $ne: null } }, { $set: { "control.expiresAt": past } });
}
