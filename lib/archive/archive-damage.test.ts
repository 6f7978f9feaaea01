import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { ingestBatch } from "@/lib/logs/ingest";
import { getEpisode, getLogEntry, readLogPage } from "@/lib/logs/queries";
import { sealAbandoned } from "@/lib/logs/seal";
import { checkEpisode } from "@/lib/logs/verify";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { everything, expectSound, filledEpisode, flipOneBit } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import {
  logLines,
  messagesOf,
  numbersOf,
  parsedLines,
  range,
  uploadLines,
  walkEpisode,
} from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { archiveEpisode } from "./archiver";
import { archiveNow } from "./mutations";
import { listArchiveAttempts, listArchiveChunks, listArchiveEpisodes } from "./queries";

testDatabase();
testMongo();
const objects = testObjects();

afterEach(() => switchObjectStore(new DirectoryStore(objects.directory)));

const pathOf = (key: string) => join(objects.directory, key);

describe("what could be lost is not archived", () => {
  test("the range stops before a writer that holds numbers", async () => {
    const { scope, episodeId } = await filledEpisode(50);
    const stuck = ingestBatch(
      scope,
      { episodeId, batchId: "stuck", entries: parsedLines(logLines(30, 50)), final: true },
      () => {
        throw new Error("stuck");
      },
    );
    await expect(stuck).rejects.toThrow("stuck");
    await uploadLines(scope, episodeId, logLines(40, 80));
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 50 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ archivedThrough: "49", hot: 40 });

    await sealAbandoned(scope, episodeId, 0);
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 40 });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 90, tombstones: 30 });
    const rows = await walkEpisode(scope, episodeId);
    expect(rows.filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: "50", to: "79", reason: "never_written", chunkNumber: 1 },
    ]);
    expect(numbersOf(rows)).toEqual(range(120));
  });

  test("a hole that nothing explains stops the archiver", async () => {
    const { scope, episodeId } = await filledEpisode(60);
    await scoped(scope)
      .collection(logEntries)
      .deleteMany({ episodeId, sequenceNumber: { $gte: 10n, $lte: 12n } });
    const result = await archiveEpisode(scope, episodeId, everything);
    expect(result).toMatchObject({ outcome: "failed", error: expect.stringContaining("Rows 10 to 12") });
    expect(await scoped(scope).collection(logEntries).countDocuments({ episodeId })).toBe(57);
    expect(await listArchiveChunks(scope, episodeId)).toEqual([]);
    const page = await walkEpisode(scope, episodeId);
    expect(page.filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: "10", to: "12", reason: "missing" },
    ]);
  });

  /** A store whose file is damaged on the disk between the write and the read back. */
  function damagingStore(damage: (path: string) => Promise<void>) {
    const store = new DirectoryStore(objects.directory);
    const put = store.put.bind(store);
    store.put = async (key, body) => {
      const result = await put(key, body);
      await damage(pathOf(key));
      return result;
    };
    switchObjectStore(store);
  }

  test.each([
    ["truncated", async (path: string) => truncate(path, 100)],
    ["empty", async (path: string) => truncate(path, 0)],
    ["flipped in one bit", flipOneBit],
  ])("an object that is %s behind our back is caught before anything is deleted", async (_name, damage) => {
    const { scope, episodeId } = await filledEpisode();
    damagingStore(damage);
    const result = await archiveEpisode(scope, episodeId, everything);
    expect(result).toMatchObject({
      outcome: "failed",
      chunks: 0,
      error: expect.stringContaining("is not what was written"),
    });
    expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 250, archivedRows: 0, orphans: [] });
    const [attempt] = await listArchiveAttempts(scope, episodeId, 1);
    expect(attempt).toMatchObject({ outcome: "failed", error: result.error });
    expect(attempt?.steps.at(-1)).toMatchObject({ step: "S4", outcome: "failed" });

    switchObjectStore(new DirectoryStore(objects.directory));
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 250 });
    await expectSound(scope, episodeId);
  });

  test("a full disk is told with its place, deletes nothing, and is over when there is space", async () => {
    const { scope, episodeId } = await filledEpisode();
    const store = new DirectoryStore(objects.directory);
    store.put = async () => {
      throw new AppError("unavailable", `The object store directory ${store.name} is full (ENOSPC).`);
    };
    switchObjectStore(store);
    const result = await archiveEpisode(scope, episodeId, everything);
    expect(result).toMatchObject({ outcome: "failed", error: expect.stringContaining(objects.directory) });
    expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 250 });
    const { episodes } = await listArchiveEpisodes(scope);
    expect(episodes).toMatchObject([{ episodeId, state: "overdue", lastError: result.error, lease: null }]);

    switchObjectStore(new DirectoryStore(objects.directory));
    expect(await archiveNow(scope, { episodeId, everything: true })).toMatchObject({ ok: true });
    expect((await listArchiveEpisodes(scope)).episodes).toMatchObject([
      { state: "verified", lastError: null },
    ]);
  });
});

describe("a chunk that is damaged later", () => {
  test("is a gap with its place and reason, on record, and the other rows are served", async () => {
    const { scope, episodeId } = await filledEpisode(300);
    await archiveEpisode(scope, episodeId, everything);
    const [, second, third] = await listArchiveChunks(scope, episodeId);
    if (!second || !third) throw new Error("The chunks are not there");
    await flipOneBit(pathOf(second.key));
    await objectStore().delete(third.key);

    const rows = await walkEpisode(scope, episodeId);
    expect(rows.filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: "100", to: "199", reason: "damaged", chunkNumber: 1 },
      { from: "200", to: "299", reason: "missing", chunkNumber: 2 },
    ]);
    expect(messagesOf(rows)).toEqual(range(100).map((n) => `line ${n}`));
    expect(await getLogEntry(scope, episodeId, 150n)).toMatchObject({ kind: "gap", reason: "damaged" });
    const search = await readLogPage(scope, episodeId, {
      from: "0",
      direction: "forward",
      limit: 10,
      filter: { levels: [], text: "line 299" },
    });
    // The row that is looked for may be among those that cannot be read: a search says so.
    expect(search?.rows).toMatchObject([
      { kind: "gap", from: "100" },
      { kind: "gap", from: "200" },
    ]);

    expect((await listArchiveChunks(scope, episodeId)).map(({ state }) => state)).toEqual([
      "verified",
      "damaged",
      "missing",
    ]);
    expect((await listArchiveEpisodes(scope)).episodes).toMatchObject([
      { state: "damaged", chunks: { total: 3, verified: 1 } },
    ]);
    const { problems } = await checkEpisode(scope, episodeId);
    expect(problems.join("\n")).toMatch(/Chunk 1: its object .* fails its checksum/);
    expect(problems.join("\n")).toMatch(/Chunk 2: its object .* is gone/);
    // Each loss is named once, and not again by every counter that it upsets.
    expect(problems).toHaveLength(2);
  });
});
