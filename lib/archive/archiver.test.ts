import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { getEpisode, getLogEntry } from "@/lib/logs/queries";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import {
  logLines,
  messagesOf,
  newEpisodeId,
  numbersOf,
  range,
  uploadLines,
  walkEpisode,
} from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { archiveEpisode } from "./archiver";
import { getArchiveTotals, listArchiveAttempts, listArchiveChunks } from "./queries";
import { expectedOf, verifyObject } from "./verify-object";

testDatabase();
testMongo();
const objects = testObjects();

const pathOf = (key: string) => join(objects.directory, key);

describe("an episode", () => {
  test("is archived chunk by chunk and read as before", async () => {
    const { scope, episodeId } = await filledEpisode();
    const before = await walkEpisode(scope, episodeId);
    const entry = await getLogEntry(scope, episodeId, 123n);
    expect(await archiveEpisode(scope, episodeId, everything)).toEqual({
      outcome: "done",
      chunks: 3,
      rows: 250,
      error: null,
    });
    const after = await walkEpisode(scope, episodeId);
    expect(after).toEqual(before.map((row) => ({ ...row, tier: "cold" })));
    const chunk = { number: 1, verifiedAt: expect.any(String), restoredUntil: null };
    expect(await getLogEntry(scope, episodeId, 123n)).toEqual({ ...entry, tier: "cold", chunk });
    const check = await expectSound(scope, episodeId);
    expect(check).toMatchObject({ hotRows: 0, archivedRows: 250, unpruned: 0, orphans: [] });
    expect(await scoped(scope).collection(logEntries).countDocuments({ episodeId })).toBe(0);
  });

  test("above its threshold gives whole chunks and keeps its hot tail", async () => {
    const { scope, episodeId } = await filledEpisode();
    const result = await archiveEpisode(scope, episodeId, { trigger: "threshold" });
    expect(result).toMatchObject({ outcome: "done", chunks: 2, rows: 200 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({
      hot: 50,
      archived: 200,
      archivedThrough: "199",
    });
    expect(await archiveEpisode(scope, episodeId, { trigger: "threshold" })).toMatchObject({ chunks: 0 });
    await expectSound(scope, episodeId);
  });

  test("writes objects that any tool reads: the lines of the range, in order", async () => {
    const { scope, episodeId } = await filledEpisode(2500);
    await scoped(scope)
      .collection(logMetadata)
      .updateOne({ episodeId }, { $set: { chunkSize: 5000 } });
    await archiveEpisode(scope, episodeId, everything);
    const [chunk] = await listArchiveChunks(scope, episodeId);
    if (!chunk) throw new Error("There is no chunk");
    expect(chunk.key).toMatch(/^workspace=[^/]+\/episode=[^/]+\/chunk-000000-e1-[0-9a-f]{8}\.jsonl\.gz$/);
    const lines = gunzipSync(await readFile(pathOf(chunk.key)))
      .toString("utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ sequenceNumber }) => sequenceNumber)).toEqual(range(2500));
    expect(Object.keys(lines[0])).toEqual([
      "sequenceNumber",
      "timestamp",
      "level",
      "message",
      "metadata",
      "createdAt",
    ]);
    await expectSound(scope, episodeId);
  });

  test("leaves the same index in MongoDB and in the object", async () => {
    const { scope, episodeId } = await filledEpisode();
    await archiveEpisode(scope, episodeId, everything);
    const stores = scoped(scope);
    const chunks = await stores.collection(logChunks).find({ episodeId }).sort({ chunkNumber: 1 }).toArray();
    expect(chunks).toHaveLength(3);
    for (const chunk of chunks) {
      const index = await stores.collection(logChunkIndex).findOne({ _id: chunk._id });
      if (!index) throw new Error("The chunk has no index");
      const expected = expectedOf(chunk, index);
      expect(expected.footer).not.toBeNull();
      await verifyObject(objectStore(), chunk.src, expected);
    }
  });

  test("is left alone by an archiver that has nothing to do", async () => {
    const { scope, episodeId } = await filledEpisode(10);
    expect(await archiveEpisode(scope, episodeId, { trigger: "threshold" })).toMatchObject({
      outcome: "done",
      chunks: 0,
    });
    expect(await listArchiveAttempts(scope, episodeId, 10)).toEqual([]);
    expect(await archiveEpisode(scope, newEpisodeId(), everything)).toMatchObject({ outcome: "not_found" });
  });
});

test("a reader who walks while rows are written and archived sees every number once, in order", async () => {
  const { scope, episodeId } = await filledEpisode(600);
  let done = false;
  const archiver = (async () => {
    for (const part of range(4)) {
      await uploadLines(scope, episodeId, logLines(100, 600 + part * 100));
      await archiveEpisode(scope, episodeId, everything);
    }
    done = true;
  })();
  let walks = 0;
  while (!done || walks === 0) {
    const direction = walks % 2 === 0 ? "forward" : "backward";
    const rows = await walkEpisode(scope, episodeId, { limit: 70, direction });
    // What was still being written when a page came by is a gap that says so, wherever the walk was by then.
    expect(rows.every((row) => row.kind === "entry" || row.reason === "in_flight")).toBe(true);
    const numbers = numbersOf(rows);
    expect(numbers).toEqual(range(numbers.length));
    const entries = rows.flatMap((row) => (row.kind === "entry" ? [row] : []));
    expect(entries.map(({ message }) => message)).toEqual(entries.map(({ seq }) => `line ${seq}`));
    expect(entries.length).toBeGreaterThanOrEqual(600);
    walks++;
  }
  await archiver;
  expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(1000).map((n) => `line ${n}`));
  await expectSound(scope, episodeId);
});

test("the totals of a workspace are those of its episodes, and no other workspace's", async () => {
  const { scope, episodeId } = await filledEpisode();
  await filledEpisode(30);
  await archiveEpisode(scope, episodeId, { trigger: "threshold" });
  const totals = await getArchiveTotals(scope);
  expect(totals).toMatchObject({ episodes: 1, hotLogs: 50, archivedLogs: 200, chunks: 2, verifiedChunks: 2 });
  expect(totals.oldest).toMatchObject({ episodeId });
  const sizes = await listArchiveChunks(scope, episodeId);
  expect(totals.archivedBytes).toBe(sizes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const [chunk] = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId })
    .sort({ chunkNumber: 1 })
    .toArray();
  expect(chunk?.src.startsWith(episodePrefix(scope.workspaceId, episodeId))).toBe(true);
  expect(await readdir(join(objects.directory, ".unfinished"))).toEqual([]);
});
