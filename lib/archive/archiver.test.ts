import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { ingestBatch } from "@/lib/logs/ingest";
import { getEpisode, getLogEntry, readLogPage } from "@/lib/logs/queries";
import { sealAbandoned } from "@/lib/logs/seal";
import { checkEpisode } from "@/lib/logs/verify";
import { logChunks, logEntries, logMetadata } from "@/lib/mongo/collections/logs";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import {
  logLines,
  messagesOf,
  newEpisodeId,
  numbersOf,
  parsedLines,
  range,
  uploadLines,
  walkEpisode,
} from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "./archiver";
import { acquireLease, renewLease } from "./lease";
import { archiveNow } from "./mutations";
import { getArchiveTotals, listArchiveAttempts, listArchiveChunks, listArchiveEpisodes } from "./queries";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

afterEach(() => switchObjectStore(new DirectoryStore(objects.directory)));

const settings = { chunkSize: 100, archiveThreshold: 100, keepHot: 20 };
const everything = { trigger: "on_demand", everything: true } as const;

async function filledEpisode(rows = 250): Promise<{ scope: WorkspaceScope; episodeId: string }> {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  await uploadLines(scope, episodeId, logLines(rows), { settings });
  return { scope, episodeId };
}

async function expectSound(scope: WorkspaceScope, episodeId: string) {
  const check = await checkEpisode(scope, episodeId);
  expect(check.problems).toEqual([]);
  return check;
}

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
    const chunk = { number: 1, verifiedAt: expect.any(String) };
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

describe("killed at any step, the archive goes on from there", () => {
  test.concurrent.each([
    "before S3",
    "after S3",
    "before S4",
    "after S4",
    "before S5",
    "after S5",
    "before S6",
    "after S6",
    "before S7",
  ])("%s", { timeout: 60_000 }, async (at) => {
    const { scope, episodeId } = await filledEpisode();
    const { signal, output } = await runFault(
      { kind: "archive", workspaceId: scope.workspaceId, episodeId, everything: true, ttlMs: 1_000, at },
      { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    expect(output).toBe("");
    expect(signal).toBe("SIGKILL");

    // Whatever was left behind: every row is there, once, in its place, and every counter is right.
    const between = await checkEpisode(scope, episodeId);
    expect(between.problems).toEqual([]);
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(250).map((n) => `line ${n}`));
    const committed = ["after S5", "before S6", "after S6", "before S7"].includes(at);
    expect(between.archivedRows).toBe(committed ? 100 : 0);

    // The dead holder's lease ends by itself; then the next one finishes.
    const result = await vi.waitUntil(
      async () => {
        const next = await archiveEpisode(scope, episodeId, everything);
        return next.outcome === "busy" ? null : next;
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(result).toMatchObject({ outcome: "done", rows: committed ? 150 : 250 });
    const after = await checkEpisode(scope, episodeId);
    expect(after.problems).toEqual([]);
    expect(after).toMatchObject({ hotRows: 0, archivedRows: 250, unpruned: 0 });
    // At most the one object that nobody came to point at.
    expect(after.orphans.length).toBeLessThanOrEqual(committed ? 0 : 1);
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(250).map((n) => `line ${n}`));
    const attempts = await listArchiveAttempts(scope, episodeId, 20);
    expect(attempts.filter(({ outcome }) => outcome === "running")).toEqual([]);
  });
});

describe("several archivers", () => {
  test("at once: one works, the others stand back, each chunk is made once", async () => {
    const { scope, episodeId } = await filledEpisode(400);
    const results = await Promise.all(range(4).map(() => archiveEpisode(scope, episodeId, everything)));
    expect(results.every(({ outcome }) => outcome === "done" || outcome === "busy")).toBe(true);
    await archiveEpisode(scope, episodeId, everything);
    const check = await expectSound(scope, episodeId);
    expect(check).toMatchObject({ archivedRows: 400, hotRows: 0, orphans: [] });
    expect((await listArchiveChunks(scope, episodeId)).map(({ chunkNumber }) => chunkNumber)).toEqual(
      range(4),
    );
  });

  test("one that slept past its lease cannot commit what another has done since", async () => {
    const { scope, episodeId } = await filledEpisode();
    let release = () => {};
    const overtaken = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sleeper = archiveEpisode(scope, episodeId, {
      ...everything,
      onPoint: async (point) => {
        if (point !== "before S5") return;
        await scoped(scope)
          .collection(logMetadata)
          .updateOne({ episodeId }, { $set: { "archiveLease.expiresAt": new Date(0) } });
        await archiveEpisode(scope, episodeId, everything);
        release();
      },
    });
    await overtaken;
    expect(await sleeper).toMatchObject({
      outcome: "failed",
      error: expect.stringContaining("took episode"),
    });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 250, hotRows: 0 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ archiving: false });
  });

  test("judge a lease by the database's clock, and each new one has the next epoch", async () => {
    const { scope, episodeId } = await filledEpisode(1);
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ["Date"] });
    try {
      const first = await acquireLease(scope, episodeId, "one", 60_000);
      expect(first?.lease.epoch).toBe(1);
      expect(await acquireLease(scope, episodeId, "two", 60_000)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
    await scoped(scope)
      .collection(logMetadata)
      .updateOne({ episodeId }, { $set: { "archiveLease.expiresAt": new Date(Date.now() - 1) } });
    const second = await acquireLease(scope, episodeId, "two", 60_000);
    expect(second?.lease.epoch).toBe(2);
    expect(await renewLease(scope, { episodeId, owner: "one", epoch: 1 }, 60_000)).toBe(false);
    expect(await renewLease(scope, { episodeId, owner: "two", epoch: 2 }, 60_000)).toBe(true);
  });
});

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
    const settled = rows.filter((row) => row.kind === "entry" || row.reason !== "in_flight");
    expect(settled.every(({ kind }) => kind === "entry")).toBe(true);
    expect(messagesOf(settled)).toEqual(range(settled.length).map((n) => `line ${n}`));
    expect(settled.length).toBeGreaterThanOrEqual(600);
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
  expect(totals.oldestWaitingSeconds).toBeNull();
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

async function flipOneBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
