import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { FaultCase } from "../../fault-case";
import type { World } from "../../world";
import { readTasks } from "../seen";
import { checkRuns } from "./check-runs";
import { Fleet } from "./fleet";
import { startRuns } from "./flow";
import { type StrikePoint, strikePoints } from "./strike-points";

/** Worker processes that die, hang, or lose their database. They act in every workspace, so no other seed runs meanwhile. */
export const workerCasesOfRuns: FaultCase[] = [
  ...strikePoints.map(
    (point): FaultCase => ({
      id: `R2 ${point}`,
      title: `kill -9 of a worker when ${point}`,
      alone: true,
      run: (world) => killedAt(world, point),
    }),
  ),
  ...(["a task was claimed", "a task is about to be completed"] as const).map(
    (point): FaultCase => ({
      id: `R3 ${point}`,
      title: `SIGSTOP of a worker past its lease when ${point}, SIGCONT when another is through`,
      alone: true,
      run: (world) => pausedAt(world, point),
    }),
  ),
  {
    id: "R4 database",
    title: "the database is killed under two workers at many runs",
    alone: true,
    needs: "engine",
    run: withoutDatabase,
  },
  {
    id: "R5 many",
    title: "many runs, three workers, of which one after the other is killed",
    alone: true,
    run: manyRuns,
  },
];

async function withFleet(world: World, act: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = new Fleet(world);
  try {
    await act(fleet);
  } finally {
    fleet.close();
  }
}

/** Whatever it was at is taken up by the next, from where it stood. */
function killedAt(world: World, point: StrikePoint): Promise<void> {
  return withFleet(world, async (fleet) => {
    const runIds = await startRuns(world, 2);
    const nth = world.choose("nth", world.random.whole(1, 6));
    const worker = fleet.start({ strikeAt: `${point} ${nth} kill` });
    world.assume(await fleet.struck(worker), "harness", () => `No worker got to "${point}": ${fleet.said}`);
    await fleet.until(() => worker.isGone);
    await fleet.outlive(worker);
    fleet.start();
    await checkRuns(world, fleet, runIds);
  });
}

/** One that slept past its lease changes nothing when it wakes up: its work was done by another. */
function pausedAt(world: World, point: StrikePoint): Promise<void> {
  return withFleet(world, async (fleet) => {
    const runIds = await startRuns(world, 2);
    const nth = world.choose("nth", world.random.whole(1, 5));
    const sleeper = fleet.start({ strikeAt: `${point} ${nth} pause` });
    world.assume(await fleet.struck(sleeper), "harness", () => `No worker got to "${point}": ${fleet.said}`);
    await fleet.outlive(sleeper);
    fleet.start();
    await checkRuns(world, fleet, runIds);
    const before = await ends(world, runIds);
    sleeper.continue();
    // It goes on with what it held, is told that it holds nothing, and says so or takes the next task; there is none.
    await fleet.until(() => sleeper.said.includes("task lost") || sleeper.isGone);
    await checkRuns(world, fleet, runIds);
    world.assume(
      before === (await ends(world, runIds)),
      "I1",
      () => "A worker that had slept past its lease has changed what had come to its end.",
    );
  });
}

/** Both kinds of server are killed while two workers are at it; they go on when it is back. */
function withoutDatabase(world: World): Promise<void> {
  return withFleet(world, async (fleet) => {
    const runIds = await startRuns(world, 4, { tasks: 12, failing: 0.1, mostMs: 300 });
    const [first] = [fleet.start(), fleet.start()];
    await fleet.until(() => first.said.includes("worker started"));
    for (const act of ["killBridge", "killEngine"] as const) {
      await delay(world.choose(`${act}AfterMs`, world.random.whole(200, 1_500)));
      await world.engine[act]();
    }
    await checkRuns(world, fleet, runIds);
  });
}

function manyRuns(world: World): Promise<void> {
  return withFleet(world, async (fleet) => {
    const runIds = await startRuns(world, 20, { tasks: 7, failing: 0.2, mostMs: 150 });
    const workers = [fleet.start(), fleet.start(), fleet.start()];
    for (const worker of workers.slice(0, 2)) {
      await fleet.until(() => worker.said.includes("worker started"));
      await delay(world.random.whole(100, 1_500));
      worker.kill();
      await fleet.until(() => worker.isGone);
      await fleet.outlive(worker);
      fleet.start();
    }
    await checkRuns(world, fleet, runIds);
  });
}

/** What every task has come to. */
async function ends(world: World, runIds: string[]): Promise<string> {
  const tasks = [...(await readTasks(world.scope, runIds)).values()];
  return JSON.stringify(
    tasks.map(({ _id, status, fence, completedFence, outputArtifactIds, stdoutCount, lastResultPreview }) => {
      return [_id, status, fence, completedFence, outputArtifactIds, stdoutCount, lastResultPreview];
    }),
  );
}
