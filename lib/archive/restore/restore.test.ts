import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { fromLine } from "@/lib/logs/entry-line";
import { getLogEntry } from "@/lib/logs/queries";
import { readRestored } from "@/lib/logs/read/restored-rows";
import { logEntriesRestored, logRestores } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { S3Store } from "@/lib/objects/s3";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { archivedEpisode, everything, expectSound } from "@/lib/testing/archive";
import { ageChunks, chunkAt, passUndoDelay } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import { messagesOf, range, uploadLines, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "../archiver";
import { ChunkEncoder } from "../members";
import { setRetention } from "../retention/policy";
import { retentionRound } from "../retention/round";
import { clearRestore, endOverdue } from "./clear";
import { copyRestore } from "./copy";
import { previewRestore } from "./plan";
import { cancelRestore, listRestores, requestRestore } from "./request";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

afterEach(() => switchObjectStore(new DirectoryStore(objects.directory)));

const middle = { from: 120n, to: 180n, hours: 2 };

async function restoreOf(scope: WorkspaceScope, episodeId: string) {
  const [restore] = await listRestores(scope, episodeId);
  if (!restore) throw new Error("There is no restore");
  return restore;
}

async function restored(scope: WorkspaceScope, episodeId: string, wish: Partial<typeof middle> = {}) {
  await requestRestore(scope, { episodeId, ...middle, ...wish });
  return copyRestore(scope, await restoreOf(scope, episodeId));
}

const copies = (scope: WorkspaceScope, episodeId: string) =>
  scoped(scope).collection(logEntriesRestored).countDocuments({ episodeId });

/** From now on the object store has nothing: whoever reads, reads the copy. */
function loseObjects() {
  const store = new DirectoryStore(objects.directory);
  store.get = async () => null;
  switchObjectStore(store);
}

describe("a restore", () => {
  test("says before what it costs, in whole chunks", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const { sizeBytes, rawBytes } = await chunkAt(scope, episodeId, 1);
    expect(await previewRestore(scope, episodeId, middle)).toMatchObject({
      plan: {
        from: 100n,
        to: 199n,
        chunks: 1,
        rows: 100,
        compressedBytes: Number(sizeBytes),
        rawBytes: Number(rawBytes),
      },
      quota: { used: 0 },
      fits: true,
    });
    expect(await previewRestore(scope, episodeId, { from: 400n, to: 500n })).toBeNull();
    expect(await previewRestore(await memberScope("owner"), episodeId, middle)).toBeNull();
  });

  test("serves its rows without the object store, as they were, and the archive serves them afterwards", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    expect(await restored(scope, episodeId)).toBe("ready");
    expect(await copies(scope, episodeId)).toBe(100);
    loseObjects();
    expect(await getLogEntry(scope, episodeId, 150n)).toMatchObject({ message: "line 150", tier: "cold" });
    const detail = await getLogEntry(scope, episodeId, 199n);
    expect(detail).toMatchObject({ metadataText: '{"source":"part-1","number":199}' });
    switchObjectStore(new DirectoryStore(objects.directory));

    const over = new Date(Date.now() + 3 * 3_600_000);
    await endOverdue(scope, over);
    await clearRestore(scope, await restoreOf(scope, episodeId));
    expect(await copies(scope, episodeId)).toBe(0);
    expect(await chunkAt(scope, episodeId, 1)).not.toHaveProperty("restoredUntil");
    expect(await restoreOf(scope, episodeId)).toMatchObject({ state: "expired", cleared: true });
    loseObjects();
    expect(await getLogEntry(scope, episodeId, 150n)).toMatchObject({ kind: "gap" });
    switchObjectStore(new DirectoryStore(objects.directory));
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(350).map((n) => `line ${n}`));
    await expectSound(scope, episodeId);
  });

  test("gives documents that archive to the same hash (I14), odd ones too", async () => {
    const scope = await memberScope("owner");
    const episodeId = "odd";
    const odd = [
      '{"message":"lone \\ud800 half","n":1}',
      '{"message":"big","id":9223372036854775807,"far":123456789012345678901234567890}',
      '{"message":"twice","a":1,"a":2}',
      '{"message":"keys","$set":{"x.y":1},"__proto__":3,"":null}',
      '{"message":"nul \\u0000 and \\u2028","deep":[1.50,-0,1e400,{"t":true}]}',
      '{"no":"message","timestamp":"gestern","level":"LOUD"}',
    ];
    await uploadLines(scope, episodeId, odd, { settings: { chunkSize: 100 } });
    await archiveEpisode(scope, episodeId, everything);
    const chunk = await chunkAt(scope, episodeId, 0);
    expect(await restored(scope, episodeId, { from: 0n, to: 5n })).toBe("ready");

    const encoder = new ChunkEncoder(0n);
    const rows = scoped(scope).collection(logEntriesRestored).find({ episodeId }).sort({ sequenceNumber: 1 });
    for await (const row of rows) await encoder.add(row);
    expect((await encoder.finish([]))?.sha256).toBe(chunk.sha256);
    const lines = gunzipSync((await objectStore().get(chunk.src)) ?? "")
      .toString()
      .split("\n");
    const copy = await readRestored(scope, await chunkAt(scope, episodeId, 0), { from: 0n, to: 5n });
    expect(copy).toEqual(lines.filter(Boolean).map(fromLine));
  });

  test("asked for twice is one copy that ends at the later time", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const [first, second] = await Promise.all([
      requestRestore(scope, { episodeId, ...middle, hours: 2 }),
      requestRestore(scope, { episodeId, ...middle, hours: 5 }),
    ]);
    expect(first.restoreId).toBe(second.restoreId);
    expect(await listRestores(scope, episodeId)).toHaveLength(1);
    const restore = await restoreOf(scope, episodeId);
    await Promise.all([copyRestore(scope, restore), copyRestore(scope, restore)]);
    expect(await copies(scope, episodeId)).toBe(100);
    const { expiresAt } = await requestRestore(scope, { episodeId, ...middle, hours: 9 });
    expect(await copyRestore(scope, await restoreOf(scope, episodeId))).toBe("ready");
    expect((await chunkAt(scope, episodeId, 1)).restoredUntil).toEqual(expiresAt);
    const stays = { episodeId, expiresAt };
    expect(await scoped(scope).collection(logEntriesRestored).countDocuments(stays)).toBe(100);
  });

  test("that another one overlaps leaves what that one still needs", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    await restored(scope, episodeId, { from: 0n, to: 199n });
    await restored(scope, episodeId, { from: 100n, to: 299n, hours: 1 });
    const [, older] = await listRestores(scope, episodeId);
    if (!older) throw new Error("There are not two restores");
    expect(await cancelRestore(scope, { restoreId: String(older._id) })).toMatchObject({ ok: true });
    await clearRestore(scope, older);
    expect(await copies(scope, episodeId)).toBe(200);
    const { expiresAt } = await restoreOf(scope, episodeId);
    expect((await chunkAt(scope, episodeId, 1)).restoredUntil).toEqual(expiresAt);
    expect(await chunkAt(scope, episodeId, 0)).not.toHaveProperty("restoredUntil");
  });

  test("refuses what the quota does not hold", async () => {
    const { scope, episodeId } = await archivedEpisode(150);
    const wish = { episodeId, from: 0n, to: 99n, hours: 1 };
    await requestRestore(scope, wish);
    const { _id } = await restoreOf(scope, episodeId);
    await scoped(scope)
      .collection(logRestores)
      .updateOne({ _id }, { $set: { rows: 4_999_990n } });
    const more = requestRestore(scope, { ...wish, from: 100n, to: 149n });
    await expect(more).rejects.toMatchObject({ code: "too_large" });
    await expect(more).rejects.toThrow("4,999,990 of 5,000,000");
    expect(await listRestores(scope, episodeId)).toHaveLength(1);
  });

  test("of a damaged chunk fails with its name, and what was there stays readable", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    await writeFile(join(objects.directory, (await chunkAt(scope, episodeId, 2)).src), "not what it was");
    expect(await restored(scope, episodeId, { from: 100n, to: 299n })).toBe("failed");
    const failed = await restoreOf(scope, episodeId);
    expect(failed).toMatchObject({ state: "failed", error: expect.stringContaining("chunk 2") });
    await clearRestore(scope, failed);
    expect(await copies(scope, episodeId)).toBe(0);
  });

  test("waits for an object store that does not answer, and goes on with it", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    await requestRestore(scope, { episodeId, ...middle });
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    const patience = { attempts: 1 };
    switchObjectStore(new S3Store({ bucket: "away", endpoint: "http://127.0.0.1:1", credentials, patience }));
    const copying = copyRestore(scope, await restoreOf(scope, episodeId));
    await expect(copying).rejects.toMatchObject({ code: "unavailable" });
    expect(await restoreOf(scope, episodeId)).toMatchObject({ state: "copying", error: null });
    switchObjectStore(new DirectoryStore(objects.directory));
    expect(await copyRestore(scope, await restoreOf(scope, episodeId))).toBe("ready");
  });

  test("ends with its chunk: no copy outlives a retention", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    await restored(scope, episodeId, { from: 0n, to: 99n });
    await ageChunks(scope, episodeId, [0], 40);
    await setRetention(scope, { days: 30, undoHours: 24 });
    await passUndoDelay(scope);
    expect(await retentionRound(scope)).toMatchObject({ expired: 1 });
    expect(await copies(scope, episodeId)).toBe(0);
    expect(await getLogEntry(scope, episodeId, 50n)).toMatchObject({ kind: "gap", reason: "expired" });
    // A copy that was under way when the chunk ended finds nothing to copy and nothing to mark.
    await expect(requestRestore(scope, { episodeId, from: 0n, to: 99n, hours: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("that is half expired by the database is not read at all", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    await restored(scope, episodeId);
    await scoped(scope)
      .collection(logEntriesRestored)
      .deleteMany({ episodeId, sequenceNumber: { $lt: 130n } });
    const reads = vi.spyOn(objectStore(), "get");
    expect(await getLogEntry(scope, episodeId, 150n)).toMatchObject({ message: "line 150" });
    expect(reads.mock.calls.map(([key]) => key)).toEqual([(await chunkAt(scope, episodeId, 1)).src]);
  });

  test("is of one's own workspace, and on the trail", async () => {
    const { scope, episodeId } = await archivedEpisode(350);
    const stranger = await memberScope("owner");
    const wish = requestRestore(stranger, { episodeId, ...middle });
    await expect(wish).rejects.toMatchObject({ code: "not_found" });
    const { restoreId } = await requestRestore(scope, { episodeId, ...middle });
    expect(await cancelRestore(stranger, { restoreId })).toMatchObject({ ok: false, code: "not_found" });
    expect(await cancelRestore(scope, { restoreId })).toMatchObject({ ok: true });
    expect(await copyRestore(scope, await restoreOf(scope, episodeId))).toBe("stopped");
    const trail = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
    expect(trail.map(({ action }) => action)).toEqual(["archive.cancel_restore", "archive.request_restore"]);
  });
});

describe("killed while it copies", () => {
  test.concurrent.each(["member_copied", "rows_copied", "chunk_marked", "all_copied"])(
    "%s: readers see every row once, and the next call finishes with one copy",
    { timeout: 60_000 },
    async (at) => {
      const { scope, episodeId } = await archivedEpisode(350);
      await requestRestore(scope, { episodeId, from: 0n, to: 199n, hours: 1 });
      const { workspaceId } = scope;
      const { signal, output } = await runFault(
        { kind: "upkeep", operation: "restore", workspaceId, episodeId, at },
        { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
      );
      expect({ signal, output }).toEqual({ signal: "SIGKILL", output: "" });
      expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(350).map((n) => `line ${n}`));
      expect(await copyRestore(scope, await restoreOf(scope, episodeId))).toBe("ready");
      expect(await copies(scope, episodeId)).toBe(200);
      await expectSound(scope, episodeId);
    },
  );
});
