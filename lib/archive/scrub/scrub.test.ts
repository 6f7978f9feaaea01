import { appendFile, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { workerPlatformScope } from "@/lib/auth/access";
import { getEpisode, getEpisodeOverview } from "@/lib/logs/queries";
import { mongoDatabase } from "@/lib/mongo/client";
import { type LogChunk, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logScrubs } from "@/lib/mongo/collections/log-operations";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { archivedEpisode } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { listArchiveChunks } from "../queries";
import { findDueChunks } from "./due";
import { scrubEpisode } from "./scrub";

testDatabase();
testMongo();
const objects = testObjects();

afterEach(() => switchObjectStore(new DirectoryStore(objects.directory)));

const pathOf = (chunk: LogChunk) => join(objects.directory, chunk.src);

/** One bit in the middle of a member. */
async function corrupt(path: string, { offset, length }: { offset: number; length: number }) {
  const bytes = await readFile(path);
  const place = offset + Math.floor(length / 2);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

const kindsOf = (result: Awaited<ReturnType<typeof scrubEpisode>>) =>
  result?.problems.map(({ kind, chunkNumber }) => [kind, chunkNumber]);

describe("a scrub", () => {
  test("of a sound archive finds nothing, and says when it looked", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const seen: number[] = [];
    const result = await scrubEpisode(scope, episodeId, {
      onProgress: ({ chunksChecked }) => seen.push(chunksChecked),
    });
    expect(result).toMatchObject({ state: "done", chunksChecked: 3, healed: 0, problems: [] });
    expect(seen).toEqual([1, 2, 3]);
    const { verifiedAt, createdAt, checkedAt } = await chunkAt(scope, episodeId, 1);
    expect(verifiedAt.getTime()).toBeGreaterThan(createdAt.getTime());
    expect(checkedAt).toEqual(verifiedAt);
    const [scrub] = await scoped(scope).collection(logScrubs).find({ episodeId }).sort({ _id: 1 }).toArray();
    expect(scrub).toMatchObject({ state: "done", whole: true, chunksChecked: 3, problems: [] });
  });

  test("names a corrupt member by its rows; only those are a gap, until the object is brought back", async () => {
    const { scope, episodeId } = await archivedEpisode(2_500, { chunkSize: 2_500 });
    const chunk = await chunkAt(scope, episodeId, 0);
    const index = await scoped(scope).collection(logChunkIndex).findOne({ _id: chunk._id });
    const second = index?.members[1];
    if (!second) throw new Error("The chunk has no second member");
    await copyFile(pathOf(chunk), `${pathOf(chunk)}.good`);
    await corrupt(pathOf(chunk), second);

    const bad = await scrubEpisode(scope, episodeId);
    expect(bad?.problems).toMatchObject([{ kind: "corrupt_member", chunkNumber: 0, from: 1000n, to: 1999n }]);
    expect(bad?.problems[0]?.sentence).toContain("rows 1000 to 1999");
    const rows = [{ from: "1000", to: "1999", reason: "damaged" }];
    expect((await getEpisodeOverview(scope, episodeId, 10))?.gaps).toEqual(rows);
    expect((await getEpisode(scope, episodeId))?.chunks).toMatchObject({ total: 1, verified: 0 });
    expect(await listArchiveChunks(scope, episodeId)).toMatchObject([{ rows: 2500, unreadableRows: 1000 }]);
    const gaps = (await walkEpisode(scope, episodeId, { limit: 1000 })).filter(({ kind }) => kind === "gap");
    expect(gaps).toMatchObject(rows);
    // Looking again neither counts the damage twice nor calls it healed.
    expect(await scrubEpisode(scope, episodeId)).toMatchObject({ healed: 0 });
    expect((await getEpisode(scope, episodeId))?.chunks).toMatchObject({ total: 1, verified: 0 });

    await copyFile(`${pathOf(chunk)}.good`, pathOf(chunk));
    expect(await scrubEpisode(scope, episodeId)).toMatchObject({ healed: 1, problems: [] });
    expect((await getEpisodeOverview(scope, episodeId, 10))?.gaps).toEqual([]);
    expect((await getEpisode(scope, episodeId))?.chunks).toMatchObject({ total: 1, verified: 1 });
  });

  test("tells bytes beside the rows from damaged rows", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    await appendFile(pathOf(await chunkAt(scope, episodeId, 1)), "x");
    expect(kindsOf(await scrubEpisode(scope, episodeId))).toEqual([["wrong_size", 1]]);
    expect(await chunkAt(scope, episodeId, 1)).toMatchObject({ state: "damaged", damage: [] });
    expect((await getEpisodeOverview(scope, episodeId, 10))?.gaps).toEqual([]);
  });

  test("names a footer that is not what was written: it speeds up searches, and no row is touched", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const chunk = await chunkAt(scope, episodeId, 1);
    const index = await scoped(scope).collection(logChunkIndex).findOne({ _id: chunk._id });
    const rowBytes = (index?.members ?? []).reduce((sum, { length }) => sum + length, 0);
    await corrupt(pathOf(chunk), { offset: rowBytes, length: Number(chunk.sizeBytes) - rowBytes });
    expect(kindsOf(await scrubEpisode(scope, episodeId))).toEqual([["wrong_footer", 1]]);
    expect(await chunkAt(scope, episodeId, 1)).toMatchObject({ state: "damaged", damage: [] });
    const rows = await walkEpisode(scope, episodeId);
    expect(rows.filter(({ kind }) => kind === "gap")).toEqual([]);
  });

  test("names an object that is gone and an index that is gone", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    await objectStore().delete((await chunkAt(scope, episodeId, 0)).src);
    const { _id } = await chunkAt(scope, episodeId, 2);
    await scoped(scope).collection(logChunkIndex).deleteMany({ _id });
    expect(kindsOf(await scrubEpisode(scope, episodeId))).toEqual([
      ["missing_object", 0],
      ["no_index", 2],
    ]);
    expect((await getEpisode(scope, episodeId))?.chunks).toMatchObject({ total: 3, verified: 1 });
  });

  test("names a chunk that is missing in the middle, with its number and its rows", async () => {
    const { scope, episodeId } = await archivedEpisode(300);
    await scoped(scope).collection(logChunks).deleteMany({ episodeId, chunkNumber: 1 });
    const result = await scrubEpisode(scope, episodeId);
    expect(result?.problems).toMatchObject([
      { kind: "number_missing", chunkNumber: 1 },
      { kind: "gap", from: 100n, to: 199n },
    ]);
  });

  test("names a planted chunk: beyond the count, overlapping another, sharing its object", async () => {
    const { scope, episodeId } = await archivedEpisode(300);
    const { _id, workspaceId, ...first } = await chunkAt(scope, episodeId, 0);
    await scoped(scope)
      .collection(logChunks)
      .insertOne({ ...first, _id: newObjectId(), chunkNumber: 7, startSequence: 50n });
    expect(new Set(kindsOf(await scrubEpisode(scope, episodeId))?.map(([kind]) => kind))).toEqual(
      new Set(["no_index", "number_beyond", "overlap", "shared_object"]),
    );
  });

  test("names two chunks of one number, in a database whose unique index is gone", async () => {
    const { scope, episodeId } = await archivedEpisode(300);
    const unique = "workspaceId_1_episodeId_1_chunkNumber_1";
    const collection = mongoDatabase().collection("LogChunk");
    await collection.dropIndex(unique);
    const { _id } = await chunkAt(scope, episodeId, 2);
    await scoped(scope)
      .collection(logChunks)
      .updateOne({ _id }, { $set: { chunkNumber: 1 } });
    const kinds = kindsOf(await scrubEpisode(scope, episodeId));
    expect(kinds).toEqual([
      ["number_missing", 2],
      ["number_collision", 1],
    ]);
    await scoped(scope)
      .collection(logChunks)
      .updateOne({ _id }, { $set: { chunkNumber: 2 } });
    await collection.createIndex(
      { workspaceId: 1, episodeId: 1, chunkNumber: 1 },
      { name: unique, unique: true },
    );
  });
});

describe("a scrub accuses nobody wrongly", () => {
  test("a store that does not answer is no damage", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const store = new DirectoryStore(objects.directory);
    store.get = async () => {
      throw new Error("ECONNRESET");
    };
    switchObjectStore(store);
    expect(kindsOf(await scrubEpisode(scope, episodeId))).toEqual([
      ["unreadable_object", 0],
      ["unreadable_object", 1],
      ["unreadable_object", 2],
    ]);
    expect(await chunkAt(scope, episodeId, 0)).toMatchObject({ state: "verified" });
    expect((await getEpisode(scope, episodeId))?.chunks).toMatchObject({ total: 3, verified: 3 });
  });

  test("an answer that is short once is asked for again", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const store = new DirectoryStore(objects.directory);
    const get = store.get.bind(store);
    let answers = 0;
    store.get = async (...asked) => {
      const bytes = await get(...asked);
      return answers++ === 0 ? (bytes?.subarray(0, 10) ?? null) : bytes;
    };
    switchObjectStore(store);
    expect(await scrubEpisode(scope, episodeId)).toMatchObject({ problems: [], chunksChecked: 3 });
  });

  test("a chunk that ends while its object is read is not called missing", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const store = new DirectoryStore(objects.directory);
    const { src, _id } = await chunkAt(scope, episodeId, 0);
    const get = store.get.bind(store);
    store.get = async (key, ...rest) => {
      if (key !== src) return get(key, ...rest);
      await scoped(scope).collection(logChunks).deleteMany({ _id });
      return null;
    };
    switchObjectStore(store);
    const result = await scrubEpisode(scope, episodeId);
    expect(kindsOf(result)).not.toContainEqual(["missing_object", 0]);
    expect(result?.chunksChecked).toBe(2);
  });

  test("another workspace's episode answers like one that is not there", async () => {
    const { episodeId } = await archivedEpisode(120);
    expect(await scrubEpisode(await memberScope("owner"), episodeId)).toBeNull();
  });
});

describe("the schedule", () => {
  test("takes the longest-unseen chunks first, within its bytes, and goes on where a stop cut it short", async () => {
    const { scope, episodeId } = await archivedEpisode(400);
    const mine = (due: Awaited<ReturnType<typeof findDueChunks>>) =>
      due.find((one) => one.episodeId === episodeId)?.chunkNumbers;
    const soon = () => new Date(Date.now() + 60_000);
    expect(mine(await findDueChunks(workerPlatformScope(), new Date(0), 1e9))).toBeUndefined();
    expect(mine(await findDueChunks(workerPlatformScope(), soon(), 1e9))).toEqual([0, 1, 2, 3]);

    const stop = new AbortController();
    const stopped = await scrubEpisode(scope, episodeId, {
      signal: stop.signal,
      onProgress: ({ chunksChecked }) => chunksChecked === 2 && stop.abort(),
    });
    expect(stopped).toMatchObject({ state: "stopped", chunksChecked: 2, problems: [] });
    const { checkedAt } = await chunkAt(scope, episodeId, 1);
    if (!checkedAt) throw new Error("Chunk 1 was not looked at");
    expect(mine(await findDueChunks(workerPlatformScope(), checkedAt, 1e9))?.slice(0, 2)).toEqual([2, 3]);
    const { sizeBytes } = await chunkAt(scope, episodeId, 2);
    const [first] = await findDueChunks(workerPlatformScope(), soon(), Number(sizeBytes));
    expect(first?.chunkNumbers).toHaveLength(1);
  });

  test("chunks that the store does not give hold up no others", async () => {
    const { scope, episodeId } = await archivedEpisode(400);
    const due = async () => {
      const soon = new Date(Date.now() + 60_000);
      const found = await findDueChunks(workerPlatformScope(), soon, 1e9);
      return found.find((one) => one.episodeId === episodeId)?.chunkNumbers;
    };
    const store = new DirectoryStore(objects.directory);
    const withheld = (await chunkAt(scope, episodeId, 0)).src;
    const get = store.get.bind(store);
    store.get = (key, ...asked) =>
      key === withheld ? Promise.reject(new Error("ECONNRESET")) : get(key, ...asked);
    switchObjectStore(store);
    await scrubEpisode(scope, episodeId, { chunkNumbers: [0] });
    expect(await due()).toEqual([1, 2, 3]);
    switchObjectStore(new DirectoryStore(objects.directory));
    await scrubEpisode(scope, episodeId, { chunkNumbers: [0] });
    expect(await due()).toContain(0);
    expect(await chunkAt(scope, episodeId, 0)).not.toHaveProperty("unreadAt");
  });

  test("a damaged chunk takes its turn like any other, not every turn", async () => {
    const { scope, episodeId } = await archivedEpisode(200);
    await objectStore().delete((await chunkAt(scope, episodeId, 0)).src);
    await scrubEpisode(scope, episodeId, { chunkNumbers: [0] });
    const due = await findDueChunks(workerPlatformScope(), new Date(Date.now() + 60_000), 1e9);
    expect(due.find((one) => one.episodeId === episodeId)?.chunkNumbers).toEqual([1, 0]);
  });
});
