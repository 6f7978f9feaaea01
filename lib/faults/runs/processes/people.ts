import "server-only";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { OperateTask, Stop, Wish } from "../../child/protocol";
import type { FaultCase } from "../../fault-case";
import type { World } from "../../world";
import { readRuns, readTasks } from "../seen";
import { publishWorkflow } from "../workflow";
import { checkRuns } from "./check-runs";
import { Fleet } from "./fleet";
import { flowOf, startRuns } from "./flow";
import { operate } from "./operate";

const creation = ["tasks", "run", "released"] as const;
const cancelling = ["taken", "told", "released"] as const;
const retrying = ["taken", "reset", "reset_all", "archived", "unheld", "released"] as const;

/** What people ask of runs, in processes that die in the middle of it or beside others who ask for something else. */
export const peopleCases: FaultCase[] = [
  {
    id: "R6 cancel",
    title: "kill -9 of the process that cancels a run, at each of its steps",
    alone: true,
    run: killedCancel,
  },
  {
    id: "R6 retry",
    title: "kill -9 of the process that retries tasks, at each of its steps",
    alone: true,
    run: killedRetry,
  },
  {
    id: "R6 start",
    title: "kill -9 of the process that starts a run, at each of its steps; some ask again",
    alone: true,
    run: killedStart,
  },
  { id: "R7 two", title: "two people click at once, again and again", alone: true, run: twoAtOnce },
];

async function killedCancel(world: World): Promise<void> {
  await withWorker(world, async (fleet) => {
    // Long tasks, so that the run is not over before it is cancelled; a worker is told to stop them.
    const runIds = await startRuns(world, 1, { tasks: 6, mostMs: 120_000 });
    const [runId = ""] = runIds;
    await fleet.until(async () => (await readRuns(world.scope, runIds)).get(runId)?.status === "running");
    await killAt(world, { act: "cancel", runId }, world.random.pick(cancelling));
    await fleet.rested();
    await checkRuns(world, fleet, runIds);
    const status = (await readRuns(world.scope, runIds)).get(runId)?.status;
    world.assume(status === "cancelled", "cancel", () => `A cancelled run ended as ${status}.`);
  });
}

async function killedRetry(world: World): Promise<void> {
  await withWorker(world, async (fleet) => {
    const runIds = await startRuns(world, 1, { failing: 0.3 });
    const [runId = ""] = runIds;
    await checkRuns(world, fleet, runIds);
    const targets = [await rootOf(world, runId)];
    await killAt(world, { act: "retry_tasks", runId, targets }, world.random.pick(retrying));
    await fleet.rested();
    await checkRuns(world, fleet, runIds);
    await checkAttempts(world, runId, new Map(targets.map((id) => [id, 1])));
  });
}

/** Nothing of it is to be seen, or a whole run that comes to its end; asked for again, there is one. */
async function killedStart(world: World): Promise<void> {
  await withWorker(world, async (fleet) => {
    const workflowId = await publishWorkflow(world.scope, flowOf(world, { tasks: 6 }));
    const wish: Wish = { act: "start", workflowId, key: "faults" };
    const step = world.random.pick(creation);
    await killAt(world, wish, step);
    const asksAgain = world.choose("asksAgain", world.random.chance(0.5));
    if (asksAgain) await operate(world.scope, wish, () => {});
    await fleet.rested();
    const runs = await scoped(world.scope)
      .collection(workflowRuns)
      .find({}, { projection: { _id: 1 }, sort: { _id: 1 } })
      .toArray();
    const should = asksAgain || step !== "tasks" ? 1 : 0;
    world.assume(
      runs.length === should,
      "creation",
      () => `There are ${runs.length} runs instead of ${should}.`,
    );
    await checkRuns(
      world,
      fleet,
      runs.map(({ _id }) => _id),
    );
  });
}

/** Of each round everybody hears the truth: an attempt is counted for every retry that was taken, and for no other. */
async function twoAtOnce(world: World): Promise<void> {
  await withWorker(world, async (fleet) => {
    const runIds = await startRuns(world, 1, { tasks: 5, failing: 0.3 });
    const [runId = ""] = runIds;
    const root = await rootOf(world, runId);
    let taken = 0;
    for (let round = 0; round < 2; round++) {
      // At first over, so that it can be retried; later in the middle of whatever was asked before.
      if (round === 0 || world.random.chance(0.4)) await checkRuns(world, fleet, runIds);
      const wishes = [0, 1].map((): Wish => {
        const act = world.random.pick(["retry_tasks", "retry_tasks", "cancel"] as const);
        return act === "cancel" ? { act, runId } : { act, runId, targets: [root] };
      });
      const asked = wishes.map((wish) => ({ wish, child: world.start(operating(world, wish, null)) }));
      for (const { wish, child } of asked) {
        const answer = await child.outcome();
        if (answer?.operated?.ok && wish.act === "retry_tasks") taken++;
      }
    }
    world.choose("taken", taken);
    await checkRuns(world, fleet, runIds);
    await checkAttempts(world, runId, new Map([[root, taken]]));
  });
}

async function withWorker(world: World, act: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = new Fleet(world);
  try {
    fleet.start();
    await act(fleet);
  } finally {
    fleet.close();
  }
}

async function killAt(world: World, wish: Wish, step: string): Promise<void> {
  world.choose("step", step);
  const child = world.start(operating(world, wish, { at: step, nth: 1, how: "kill" }));
  if (!(await child.reached())) throw new Error(`Nobody got to ${step} of ${wish.act}`);
  await child.killed();
}

function operating({ scope, store }: World, wish: Wish, stop: Stop | null): OperateTask {
  return { kind: "operate", workspaceId: scope.workspaceId, store, stop, wish };
}

async function rootOf({ scope }: World, runId: string): Promise<string> {
  const tasks = [...(await readTasks(scope, [runId])).values()];
  const root = tasks.find(({ upstreamNodeIds }) => upstreamNodeIds.length === 0);
  if (!root) throw new Error("The graph has no root");
  return root._id;
}

/** I4 */
async function checkAttempts(world: World, runId: string, retries: Map<string, number>): Promise<void> {
  for (const { _id, nodeId, attempt } of (await readTasks(world.scope, [runId])).values()) {
    const should = 1 + (retries.get(_id) ?? 0);
    if (attempt !== should) world.violate("I4", `${nodeId} is at attempt ${attempt} instead of ${should}.`);
  }
}
