import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { checkAll } from "../check/final";
import type { Child } from "../child/pool";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { SentBatch } from "../ledger";
import type { World } from "../world";

/** The document engine, or what speaks MongoDB's protocol before it, dies under the console and comes back. */
export const engineCases: FaultCase[] = [
  ...(["S1", "S5", "S6"] as const).map(
    (step): FaultCase => ({
      id: `F18 ${step}`,
      title: `the database restarts while the archiver is at ${step}`,
      alone: true,
      needs: "engine",
      run: (world) => restartAt(world, `before ${step}`),
    }),
  ),
  {
    id: "F23 failover",
    title: "a batch is sent three times at once while the database restarts",
    alone: true,
    needs: "engine",
    run: writeThroughRestart,
  },
];

/** F18: a commit whose outcome the archiver never learned is either whole or not there, and no row is counted twice. */
async function restartAt(world: World, at: string): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(200, 500), chunkSize: random.whole(50, 100) });
  const afterMs = world.choose("afterMs", random.whole(0, 20));
  const child = world.start(episode.archiving({ at, nth: random.whole(1, 2), how: "announce" }));
  if (!(await child.reached())) world.violate("harness", `The archiver never got to ${at}.`);
  await delay(afterMs);
  await kill(world);
  world.choose("outcome", await outcomeOf(child));
  world.crashes++;
  await untilAnswers(episode);
  await checkAll(world, episode);
}

/** F23: what a sender repeats after an error is stored once, however far the first sending came. */
async function writeThroughRestart(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(0, 200) });
  const batches = Array.from({ length: 4 }, () => episode.newBatch(random.whole(50, 250)));
  const sending = Promise.all(
    batches.flatMap((batch) => [1, 2, 3].map(() => sendUntilTaken(episode, batch))),
  );
  await delay(world.choose("afterMs", random.whole(0, 150)));
  await kill(world);
  await sending;
  await checkAll(world, episode);
}

/** Without its database an archiver may fail in any way, as long as it ends. */
async function outcomeOf(child: Child): Promise<string> {
  const outcome = await child.outcome().catch(() => null);
  return outcome?.archive?.[0]?.outcome ?? "threw";
}

async function kill(world: World): Promise<void> {
  const act = world.choose("act", world.random.pick(["killEngine", "killBridge"] as const));
  await world.engine[act]();
}

const tries = 100;

async function sendUntilTaken(episode: Episode, batch: SentBatch): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await episode.send(batch);
      return;
    } catch (error) {
      if (attempt === tries) throw error;
      await delay(100);
    }
  }
}

/** The driver finds a restarted server by itself; a read is what shows that it has. */
async function untilAnswers(episode: Episode): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await episode.record();
      return;
    } catch (error) {
      if (attempt === tries) throw error;
      await delay(100);
    }
  }
}
