import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { ArchivePoint } from "@/lib/archive/attempt";
import { checkAll } from "../check/final";
import { ttlMs } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

/** Archivers that get into each other's way. */
export const rivalCases: FaultCase[] = [
  {
    id: "F9 two",
    title: "two archivers in two processes",
    run: (world) => rivals(world, [1, 1]),
  },
  { id: "F9 ten", title: "ten archivers in three processes", run: (world) => rivals(world, [4, 3, 3]) },
  ...(["S3", "S4", "S5", "S6"] as const).map(
    (step): FaultCase => ({
      id: `F10 ${step}`,
      title: `SIGSTOP of the holder past its lease at ${step}, SIGCONT when another has finished`,
      quick: step === "S5",
      run: (world) => pausedAt(world, `before ${step}`),
    }),
  ),
  {
    id: "F10 beside",
    title: "SIGSTOP of the holder past its lease at S5, SIGCONT while the next one is at S5 too",
    run: overtaken,
  },
  {
    id: "F11 holder",
    title: "the holder's clock is ten minutes off",
    run: (world) => clocks(world, "holder"),
  },
  { id: "F11 all", title: "every archiver's clock is ten minutes off", run: (world) => clocks(world, "all") },
];

/** F9: one works at a time; each chunk is made once. */
async function rivals(world: World, times: number[]): Promise<void> {
  const episode = await world.episode();
  const children = times.map((count) => world.start(episode.archiving(null, { times: count })));
  for (const child of children) {
    const outcome = await child.outcome();
    for (const result of outcome?.archive ?? [])
      world.assume(
        result.outcome === "done" || result.outcome === "busy",
        "F9",
        () => `An archiver among others ended with ${JSON.stringify(result)}.`,
      );
  }
  await checkAll(world, episode);
}

/** F10: a holder that slept past its lease writes nothing any more, and what it deletes late was deleted already. */
async function pausedAt(world: World, point: ArchivePoint): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  // Within S5 it sleeps in an open transaction: everybody waits until the database takes that for dead, after a minute.
  const within = random.chance(point === "before S5" ? 0.05 : 0.4);
  const afterMs = within ? world.choose("afterMs", random.whole(0, 15)) : undefined;
  const sleeper = world.start(episode.archiving({ at: point, nth: 1, how: "pause", afterMs }));
  world.assume(await sleeper.reached(), "harness", () => `The archiver never got to ${point}.`);
  world.crashes++;
  if (afterMs !== undefined) await delay(afterMs + 20);
  const before = await episode.record();
  const other = await episode.recover();
  world.assume(
    other.outcome === "done",
    "F10",
    () => `The next archiver ended with ${JSON.stringify(other)}.`,
  );
  const between = await episode.record();
  if (random.chance(0.5)) await episode.write(random.whole(20, 120));
  sleeper.continue();
  const outcome = await sleeper.outcome();
  const [late] = outcome?.archive ?? [];
  const committed = before.totalChunks > 0 || point === "before S6" || afterMs !== undefined;
  world.assume(
    committed || (late?.outcome === "failed" && late.chunks === 0),
    "I10",
    () => `A holder that was overtaken ended with ${JSON.stringify(late)}.`,
  );
  const after = await episode.record();
  world.assume(
    after.archivedThrough >= between.archivedThrough && after.leaseEpoch >= between.leaseEpoch,
    "I10",
    () => `archivedThrough went from ${between.archivedThrough} to ${after.archivedThrough}.`,
  );
  await checkAll(world, episode);
}

/** F10: the fence refuses an old epoch also while nothing else would: the next holder has committed nothing yet. */
async function overtaken(world: World): Promise<void> {
  const episode = await world.episode();
  const sleeper = world.start(episode.archiving({ at: "before S5", nth: 1, how: "pause" }));
  world.assume(await sleeper.reached(), "harness", () => "The archiver never got to S5.");
  world.crashes++;
  await delay((await episode.leaseRemainingMs()) + 20);
  const next = world.start(episode.archiving({ at: "before S5", nth: 1, how: "wait" }));
  world.assume(await next.reached(), "harness", () => "The next archiver never got to S5.");
  sleeper.continue();
  const [late] = (await sleeper.outcome())?.archive ?? [];
  const { archivedThrough } = await episode.record();
  world.assume(
    late?.outcome === "failed" && late.chunks === 0 && archivedThrough === -1n,
    "I10",
    () => `A holder of an old epoch ended with ${JSON.stringify(late)}, archived to ${archivedThrough}.`,
  );
  next.go();
  const [winner] = (await next.outcome())?.archive ?? [];
  world.assume(
    winner?.outcome === "done",
    "F10",
    () => `The next archiver ended with ${JSON.stringify(winner)}.`,
  );
  await checkAll(world, episode);
}

const tenMinutes = 600_000;

/** F11: neither a fast nor a slow clock takes a lease early or keeps it long. */
async function clocks(world: World, whose: "holder" | "all"): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  const shift = () => random.pick([-tenMinutes, tenMinutes]);
  const holderShift = world.choose("holderShiftMs", shift());
  const holder = world.start(
    episode.archiving(
      { at: `before ${random.pick(["S3", "S5"])}`, nth: 1, how: "wait" },
      { clockShiftMs: holderShift },
    ),
  );
  world.assume(await holder.reached(), "harness", () => "The holder never got to its stop.");
  const rivalShift = whose === "all" ? world.choose("rivalShiftMs", shift()) : 0;
  // It lives and renews, so nobody gets in, however far their clocks say that its time is over.
  const early = await world.start(episode.archiving(null, { clockShiftMs: rivalShift })).outcome();
  const [rival] = early?.archive ?? [];
  world.assume(
    rival?.outcome === "busy",
    "I10",
    () => `A rival got in beside a live holder: ${JSON.stringify(rival)}.`,
  );
  const dies = world.choose("holderDies", random.chance(0.5));
  if (dies) {
    holder.kill();
    await holder.killed();
    world.crashes++;
    await delay(Math.min(await episode.leaseRemainingMs(), ttlMs) + 20);
    const late = await world.start(episode.archiving(null, { clockShiftMs: rivalShift })).outcome();
    const [next] = late?.archive ?? [];
    world.assume(
      next?.outcome === "done",
      "I11",
      () => `After the lease had ended: ${JSON.stringify(next)}.`,
    );
  } else {
    holder.go();
    await holder.outcome();
  }
  await checkAll(world, episode);
}
