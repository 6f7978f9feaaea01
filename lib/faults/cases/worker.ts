import "server-only";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { workerPlatformScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { FaultCase } from "../fault-case";
import { WorkerProcess } from "../worker-process";
import type { World } from "../world";

/** The worker itself. It acts in every workspace of the run, so no other seed runs meanwhile. */
export const workerCases: FaultCase[] = [
  {
    id: "F11 worker",
    title: "the worker's clock is ten minutes off when an archiver dies",
    alone: true,
    run: shiftedWorker,
  },
  { id: "F24", title: "an index lets the database delete entries by age", alone: true, run: plantedExpiry },
];

const tenMinutes = 600_000;
const patienceMs = 60_000;

/** F11, I11: the worker takes over when the lease has ended by the database's clock, whatever its own says. */
async function shiftedWorker(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(250, 400), chunkSize: 100, keepHot: 10 });
  const archiver = world.start(episode.archiving({ at: "before S3", nth: 1, how: "kill" }));
  world.assume(await archiver.reached(), "harness", () => "The archiver never got to S3.");
  await archiver.killed();
  const clockShiftMs = world.choose("clockShiftMs", random.pick([-tenMinutes, tenMinutes]));
  const worker = new WorkerProcess({ clockShiftMs });
  try {
    const deadline = performance.now() + patienceMs;
    let record = await episode.record();
    // Until it is through: one that is killed at work leaves a lease of the usual minute.
    while ((record.totalChunks < 2 || record.archiveLease !== null) && performance.now() < deadline) {
      await delay(100);
      record = await episode.record();
    }
    const { totalChunks, archiveLease, archiveDueAt } = record;
    world.assume(
      totalChunks >= 2,
      "I11",
      () =>
        `A worker ${clockShiftMs} ms off made ${totalChunks} chunks in ${patienceMs} ms; due ${archiveDueAt?.toISOString()}, lease ${JSON.stringify(archiveLease)}. It said: ${worker.said.slice(-1_500)}`,
    );
  } finally {
    worker.kill();
  }
  world.crashes++;
}

const expiry = { name: "planted_expiry", expireAfterSeconds: 315_360_000 };

/** F24: no worker runs beside such an index, and it says what to do about it. */
async function plantedExpiry(world: World): Promise<void> {
  const entries = acrossWorkspaces(workerPlatformScope(), logEntries);
  await world.episode({ rows: 50 });
  await entries.createIndex({ createdAt: 1 }, expiry);
  const worker = new WorkerProcess();
  try {
    // One that starts its jobs all the same would go on for ever.
    worker.child.on("said", () => {
      if (worker.said.includes("worker started")) worker.kill();
    });
    const [code, signal] = await once(worker.child, "exit");
    world.assume(
      code === 1 && worker.said.includes(expiry.name),
      "F24",
      () =>
        `Beside an index with an expiry the worker ended with ${code ?? signal} and said: ${worker.said.slice(0, 500)}`,
    );
  } finally {
    await entries.dropIndex(expiry.name);
  }
}
