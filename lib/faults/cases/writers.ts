import "server-only";
import type { IngestStep } from "@/lib/logs/ingest";
import { sealAbandoned } from "@/lib/logs/seal";
import { checkAll } from "../check/final";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { SentBatch } from "../ledger";
import type { World } from "../world";

const steps: IngestStep[] = ["reserved", "half_written", "written", "settled"];

/** Writers that die, dawdle or repeat themselves. */
export const writerCases: FaultCase[] = [
  {
    id: "F21 waits",
    title: "a writer holds a reservation while the archiver passes, and writes afterwards",
    run: (world) => dawdle(world, false),
  },
  {
    id: "F21 given up",
    title: "a writer is taken for dead, archived past, and writes afterwards",
    quick: true,
    run: (world) => dawdle(world, true),
  },
  ...steps.map(
    (step): FaultCase => ({
      id: `F22 ${step}`,
      title: `a writer is killed when its batch is ${step.replace("_", " ")}; the batch is sent again`,
      quick: step === "reserved",
      run: (world) => killedWriter(world, step),
    }),
  ),
  { id: "F23 parallel", title: "one batch three times at once", quick: true, run: repeatedBatch },
];

/** F21: the archive stops before numbers that somebody holds; numbers that were given up are never filled late. */
async function dawdle(world: World, givenUp: boolean): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(150, 500) });
  const batch = episode.newBatch(random.whole(20, 200));
  const at = world.choose("at", random.pick(["reserved", "half_written", "written"] as const));
  const writer = world.start(episode.sending(batch, { at, nth: 1, how: "pause" }));
  world.assume(await writer.reached(), "harness", () => `The writer never got to ${at}.`);
  const held = (await episode.record()).nextSequenceNumber - BigInt(batch.lines.length);
  await episode.write(random.whole(50, 300));
  await episode.archive();
  const { archivedThrough } = await episode.record();
  world.assume(
    archivedThrough === held - 1n,
    "F21",
    () => `Archived to ${archivedThrough}, ${held} is held by a writer.`,
  );
  await checkAll(world, episode);
  if (givenUp) {
    await sealAbandoned(episode.scope, episode.id, 0);
    if (world.choose("archivedBefore", random.chance(0.6))) await episode.archive();
    await checkAll(world, episode);
  }
  writer.continue();
  await acknowledge(episode, batch, await writer.outcome());
}

/** F22: what a dead writer left is on record; the same batch, sent again, is stored once and wholly. */
async function killedWriter(world: World, step: IngestStep): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(100, 400) });
  // More rows than one insert takes, so that "half written" is what it says.
  const batch = episode.newBatch(step === "half_written" ? random.whole(1100, 1400) : random.whole(20, 300));
  const afterMs = random.chance(0.4) ? world.choose("afterMs", random.whole(0, 20)) : undefined;
  const writer = world.start(episode.sending(batch, { at: step, nth: 1, how: "kill", afterMs }));
  const reached = await writer.reached();
  world.assume(reached, "harness", () => `The writer never got to ${step}.`);
  // A blow that comes too late finds the work done and the answer given.
  if (afterMs === undefined) await writer.killed();
  else writer.kill();
  await checkAll(world, episode);
  if (world.choose("archivedBetween", random.chance(0.5))) await episode.archive();
  if (world.choose("givenUpBetween", random.chance(0.5))) {
    await sealAbandoned(episode.scope, episode.id, 0);
    if (random.chance(0.5)) await episode.archive();
  }
  await episode.send(batch);
  await episode.send(batch);
}

/** F23 (L9): however often and from wherever a batch comes, it is stored once, and every sender gets the same answer. */
async function repeatedBatch(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(0, 300) });
  for (let round = 0; round < 3; round++) {
    const batch = episode.newBatch(random.whole(50, 300));
    const other = world.start(episode.sending(batch, null));
    await Promise.all([
      episode.send(batch),
      episode.send(batch),
      other.outcome().then((outcome) => acknowledge(episode, batch, outcome)),
    ]);
    if (random.chance(0.5)) await episode.archive();
  }
  await checkAll(world, episode);
}

async function acknowledge(
  episode: Episode,
  batch: SentBatch,
  outcome: { ingest?: Parameters<Episode["answered"]>[1] } | null,
): Promise<void> {
  if (outcome?.ingest) episode.answered(batch, outcome.ingest);
}
