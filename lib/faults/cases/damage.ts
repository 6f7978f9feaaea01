import "server-only";
import { scrubEpisode } from "@/lib/archive/scrub/scrub";
import type { LogGapRow, LogRow } from "@/lib/logs/schema";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import type { Fault } from "@/lib/objects/fault-kinds";
import { checkRows } from "../check/rows";
import { walk } from "../check/walk";
import { chunksOf, objectOf, replaceObject } from "../chunks";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

/** What was good and is so no more: named by the scrub, shown as holes, and good again when it is mended. */
export const damageCases: FaultCase[] = [
  {
    id: "F16",
    title: "an object is deleted or changed after its chunk was committed",
    quick: true,
    run: spoiledObject,
  },
  {
    id: "F17",
    title: "reads of S3 come back short, shifted, stale or flipped",
    needs: "s3",
    run: lyingReads,
  },
  {
    id: "F31 overlap",
    title: "a chunk record reaches into its neighbour",
    run: (world) => plant(world, overlap),
  },
  { id: "F31 missing", title: "a chunk record in the middle is gone", run: (world) => plant(world, missing) },
  { id: "F31 collision", title: "a second chunk of the same number", run: collision },
];

/** F16: the chunk is named and its rows are holes; every other row is served; put back, it heals. */
async function spoiledObject(world: World): Promise<void> {
  const { random } = world;
  const { episode, chunk } = await archivedEpisode(world);
  const good = await objectOf(chunk);
  const how = world.choose("how", random.pick(["deleted", "truncated", "flipped", "empty"] as const));
  const at = random.whole(0, good.length - 1);
  const bad = Buffer.from(good);
  bad.writeUInt8(bad.readUInt8(at) ^ (1 << random.whole(0, 7)), at);
  const spoiled = { deleted: null, truncated: good.subarray(0, at), flipped: bad, empty: Buffer.alloc(0) };
  await replaceObject(chunk.src, spoiled[how]);
  const rows = await walk(world, episode, "forward", random.whole(20, 400));
  checkRows(world, episode, rows);
  expectHolesWithin(world, rows, chunk);
  const scrub = await scrubEpisode(world.scope, episode.id);
  world.assume(
    !!scrub?.problems.some(({ chunkNumber }) => chunkNumber === chunk.chunkNumber) &&
      scrub.problems.every(({ chunkNumber }) => chunkNumber === chunk.chunkNumber),
    "F16",
    () =>
      `Chunk ${chunk.chunkNumber} is ${how} at ${at}; the scrub found ${JSON.stringify(scrub?.problems.map(({ sentence }) => sentence))}.`,
  );
  await replaceObject(chunk.src, good);
  const healed = await scrubEpisode(world.scope, episode.id);
  world.assume(
    healed?.problems.length === 0,
    "F16",
    () => `Put back, chunk ${chunk.chunkNumber} does not heal.`,
  );
}

/** F17: a reader gets the row that was written or a hole that says why, never another row. */
async function lyingReads(world: World): Promise<void> {
  const { random } = world;
  const proxy = await world.moveToS3();
  const { episode } = await archivedEpisode(world);
  const faults: Fault[] = [
    ...(["short", "shifted", "whole", "lying"] as const).map((how) => ({ kind: "range", how }) as const),
    { kind: "spoil", where: "received", how: random.pick(["truncate", "empty", "zero", "flip"] as const) },
    { kind: "stale" },
    { kind: "reset", at: "download" },
  ];
  proxy.sometimes(faults, { operation: "GetObject", rate: 0.5, random: random.next });
  checkRows(world, episode, await walk(world, episode, "forward", random.whole(20, 200)));
  checkRows(world, episode, await walk(world, episode, "backward", random.whole(20, 200)));
  proxy.heal();
}

/** F31: the scrub names it, readers show it, and mended nothing remains. */
async function plant(
  world: World,
  damage: (episode: Episode, chunk: LogChunk) => Promise<() => Promise<void>>,
) {
  const { episode, chunk } = await archivedEpisode(world);
  const mend = await damage(episode, chunk);
  const scrub = await scrubEpisode(world.scope, episode.id);
  const numbers = [chunk.chunkNumber - 1, chunk.chunkNumber, chunk.chunkNumber + 1, null];
  world.assume(
    !!scrub &&
      scrub.problems.length > 0 &&
      scrub.problems.every((found) => numbers.includes(found.chunkNumber)),
    "F31",
    () =>
      `Planted at chunk ${chunk.chunkNumber}; the scrub found ${JSON.stringify(scrub?.problems.map(({ sentence }) => sentence))}.`,
  );
  checkRows(world, episode, await walk(world, episode, "forward", 200));
  await mend();
  const after = await scrubEpisode(world.scope, episode.id);
  world.assume(after?.problems.length === 0, "F31", () => `Mended, chunk ${chunk.chunkNumber} is still bad.`);
}

async function overlap(episode: Episode, { _id, startSequence }: LogChunk) {
  const chunks = scoped(episode.scope).collection(logChunks);
  await chunks.updateOne({ _id }, { $set: { startSequence: startSequence - 3n } });
  return async () => void (await chunks.updateOne({ _id }, { $set: { startSequence } }));
}

async function missing(episode: Episode, chunk: LogChunk) {
  const chunks = scoped(episode.scope).collection(logChunks);
  await chunks.deleteMany({ _id: chunk._id });
  return async () => void (await chunks.insertOne(chunk));
}

/** The database itself refuses a second chunk of a number, whoever writes it. */
async function collision(world: World): Promise<void> {
  const { episode, chunk } = await archivedEpisode(world);
  const twin = { ...chunk, _id: newObjectId(), startSequence: chunk.startSequence + 1n };
  const refused = await scoped(episode.scope)
    .collection(logChunks)
    .insertOne(twin)
    .then(() => false, isDuplicateKey);
  world.assume(refused, "F31", () => `A second chunk ${chunk.chunkNumber} was let in.`);
}

/** All in chunks, and one of them in the middle. */
async function archivedEpisode(world: World): Promise<{ episode: Episode; chunk: LogChunk }> {
  const { random } = world;
  const chunkSize = random.whole(50, 120);
  const episode = await world.episode({ rows: chunkSize * random.whole(3, 6), chunkSize });
  await episode.archive();
  const chunks = await chunksOf(episode);
  const chunk = chunks[random.whole(1, chunks.length - 2)];
  if (!chunk) throw new Error(`Only ${chunks.length} chunks were made`);
  world.choose("victim", chunk.chunkNumber);
  return { episode, chunk };
}

function expectHolesWithin(
  world: World,
  rows: LogRow[],
  { chunkNumber, startSequence, endSequence }: LogChunk,
): void {
  const holes = rows.filter((row): row is LogGapRow => row.kind === "gap");
  const outside = holes.filter(({ from, to }) => BigInt(from) < startSequence || BigInt(to) > endSequence);
  world.assume(
    outside.length === 0,
    "F16",
    () =>
      `Damage of chunk ${chunkNumber} (${startSequence}–${endSequence}) tears holes into others: ${JSON.stringify(outside)}`,
  );
}
