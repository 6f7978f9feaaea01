import "server-only";
import { ChunkEncoder } from "@/lib/archive/members";
import { clearRestore } from "@/lib/archive/restore/clear";
import { copyRestore, type RestorePoint } from "@/lib/archive/restore/copy";
import { cancelRestore, listRestores, requestRestore } from "@/lib/archive/restore/request";
import { readLogPage } from "@/lib/logs/queries";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import { logEntriesRestored } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { checkAll } from "../check/final";
import { checkRows } from "../check/rows";
import { chunksOf } from "../chunks";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

const points: RestorePoint[] = ["member_copied", "rows_copied", "chunk_marked", "all_copied"];

/** Archived rows that come back to MongoDB for a while. */
export const restoreCases: FaultCase[] = [
  {
    id: "F29 races",
    title: "a range is restored twice while it is read and the rest is archived",
    run: races,
  },
  { id: "F29 killed", title: "kill -9 of a restore on its way", quick: true, run: killedRestore },
];

/** F29: readers see each row once and unchanged, wherever it is read from; two restores leave one copy. */
async function races(world: World): Promise<void> {
  const { random } = world;
  const episode = await archived(world);
  await episode.write(random.whole(50, 150));
  await request(world, episode);
  await request(world, episode);
  let moving = true;
  const archiver = world.start(episode.archiving(null));
  const moves = Promise.all([copyAll(world, episode), copyAll(world, episode), archiver.outcome()]).finally(
    () => {
      moving = false;
    },
  );
  const read = async () => {
    while (moving) {
      const from = String(random.whole(0, 200));
      const page = await readLogPage(world.scope, episode.id, {
        from,
        direction: "forward",
        limit: 150,
        filter: {},
      });
      checkRows(world, episode, page?.rows ?? []);
      const holes = (page?.rows ?? []).filter((row) => row.kind === "gap");
      world.assume(holes.length === 0, "I1", () => `While rows are restored: ${JSON.stringify(holes)}`);
    }
  };
  await Promise.all([moves, read(), read()]);
  await checkRestored(world, episode);
}

/** F29: the next worker goes on; only chunks that are there as a whole are read from the copy. */
async function killedRestore(world: World): Promise<void> {
  const { random } = world;
  const episode = await archived(world);
  await request(world, episode);
  const at = world.choose("at", random.pick(points as [RestorePoint, ...RestorePoint[]]));
  const nth = at === "all_copied" ? 1 : random.whole(1, 2);
  const child = world.start(episode.restoring({ at, nth, how: "kill" }));
  world.assume(
    await child.reached(),
    "harness",
    () => `The restore never got to ${at} for the ${nth}. time.`,
  );
  await child.killed();
  await checkAll(world, episode);
  await copyAll(world, episode);
  await checkRestored(world, episode);
}

async function archived(world: World): Promise<Episode> {
  const { random } = world;
  const chunkSize = random.whole(40, 90);
  const episode = await world.episode({ rows: chunkSize * random.whole(4, 6), chunkSize });
  await episode.archive();
  return episode;
}

async function request(world: World, episode: Episode): Promise<void> {
  const [first, second] = await chunksOf(episode);
  if (!first || !second) throw new Error("There are no two chunks to restore");
  const range = { from: first.startSequence, to: second.endSequence + 1n };
  await requestRestore(world.scope, { episodeId: episode.id, ...range, hours: world.random.whole(1, 5) });
}

async function copyAll(world: World, episode: Episode): Promise<void> {
  for (const restore of await listRestores(world.scope, episode.id))
    if (restore.state === "copying") await copyRestore(world.scope, restore);
}

/** One copy of each row; packed again it has the chunk's hash (I14); and after it is ended nothing of it is left. */
async function checkRestored(world: World, episode: Episode): Promise<void> {
  await checkAll(world, episode);
  const restores = await listRestores(world.scope, episode.id);
  world.assume(
    restores.length === 1 && restores[0]?.state === "ready",
    "F29",
    () => `Restores ended as ${restores.map(({ state }) => state)}.`,
  );
  for (const chunk of await chunksOf(episode)) {
    if (chunk.restoredUntil) await checkSameHash(world, episode, chunk);
  }
  for (const restore of restores) {
    await cancelRestore(world.scope, { restoreId: String(restore._id) });
    const [ended] = await listRestores(world.scope, episode.id);
    if (ended) await clearRestore(world.scope, ended);
  }
  const left = await scoped(world.scope)
    .collection(logEntriesRestored)
    .countDocuments({ episodeId: episode.id });
  world.assume(left === 0, "F29", () => `${left} restored rows are left after the restore was ended.`);
}

async function checkSameHash(world: World, episode: Episode, chunk: LogChunk): Promise<void> {
  const { startSequence, endSequence, chunkNumber } = chunk;
  const encoder = new ChunkEncoder(startSequence);
  const rows = scoped(world.scope)
    .collection(logEntriesRestored)
    .find({ episodeId: episode.id, sequenceNumber: { $gte: startSequence, $lte: endSequence } })
    .sort({ sequenceNumber: 1 });
  for await (const row of rows) await encoder.add(row);
  const again = await encoder.finish(chunk.tombstones);
  world.assume(
    again?.sha256 === chunk.sha256,
    "I14",
    () =>
      `Chunk ${chunkNumber}, restored and packed again, has hash ${again?.sha256} instead of ${chunk.sha256}.`,
  );
}
