import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listAuditOf } from "@/lib/db/audit";
import { getEpisode, getEpisodeOverview, getLogEntry } from "@/lib/logs/queries";
import { checkEpisode } from "@/lib/logs/verify";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { archivedEpisode, everything, expectSound, flipOneBit } from "@/lib/testing/archive";
import { ageChunks, chunkAt, passUndoDelay } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import { logLines, messagesOf, numbersOf, range, uploadLines, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "../archiver";
import { listHolds, placeHold, releaseHold } from "../hold";
import { buildManifest } from "../manifest/manifest";
import { scrubEpisode } from "../scrub/scrub";
import { expireChunk } from "./expire";
import { getRetention, setRetention } from "./policy";
import { previewRetention } from "./preview";
import { retentionRound } from "./round";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

const month = { days: 30, undoHours: 24 };

/** Four chunks of 100 rows and 50 hot rows; the first two were archived 40 days ago. */
async function agedEpisode() {
  const episode = await archivedEpisode(400);
  await uploadLines(episode.scope, episode.episodeId, logLines(50, 400));
  await ageChunks(episode.scope, episode.episodeId, [0, 1], 40);
  return episode;
}

describe("retention", () => {
  test("is off until somebody sets it, and says before what it would delete", async () => {
    const { scope, episodeId } = await agedEpisode();
    expect(await getRetention(scope)).toBeNull();
    expect(await retentionRound(scope)).toMatchObject({ marked: 0, expired: 0 });
    const bytes =
      (await chunkAt(scope, episodeId, 0)).sizeBytes + (await chunkAt(scope, episodeId, 1)).sizeBytes;
    expect(await previewRetention(scope, { days: 30 })).toEqual({
      chunks: 2,
      episodes: 1,
      rows: 200,
      bytes: Number(bytes),
      oldest: (await chunkAt(scope, episodeId, 0)).createdAt,
      heldChunks: 0,
      markedAlready: 0,
      unmarked: 0,
    });
    expect(await previewRetention(scope, { days: 50 })).toMatchObject({ chunks: 0, oldest: null });
    expect(await previewRetention(await memberScope("owner"), { days: 30 })).toMatchObject({ chunks: 0 });
  });

  test("marks first and deletes after the delay; the rows end as an explicit gap and every figure agrees", async () => {
    const { scope, episodeId } = await agedEpisode();
    const head = (await buildManifest(scope, episodeId))?.head;
    const keys = [(await chunkAt(scope, episodeId, 0)).src, (await chunkAt(scope, episodeId, 1)).src];
    expect(await setRetention(scope, month)).toMatchObject({ marked: 2 });
    expect(await retentionRound(scope)).toMatchObject({ marked: 0, expired: 0 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 450 });

    await passUndoDelay(scope);
    expect(await retentionRound(scope)).toMatchObject({ expired: 2 });
    const check = await expectSound(scope, episodeId);
    expect(check).toMatchObject({ archivedRows: 200, hotRows: 50, chunks: 4, chainHead: head, orphans: [] });
    expect(check.expired).toMatchObject([
      { from: 0n, to: 99n, rows: 100 },
      { from: 100n, to: 199n, rows: 100 },
    ]);
    expect(await Promise.all(keys.map((key) => objectStore().head(key)))).toEqual([null, null]);
    expect(await getEpisode(scope, episodeId)).toMatchObject({
      total: 250,
      archived: 200,
      chunks: { total: 2, verified: 2 },
      firstAt: "2026-11-20T08:00:02.000Z",
    });

    const rows = await walkEpisode(scope, episodeId);
    expect(numbersOf(rows)).toEqual(range(450));
    expect(messagesOf(rows)).toEqual(range(250, 200).map((n) => `line ${n}`));
    expect(rows.filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: "0", to: "99", reason: "expired", chunkNumber: 0 },
      { from: "100", to: "199", reason: "expired", chunkNumber: 1 },
    ]);
    expect(await getLogEntry(scope, episodeId, 150n)).toMatchObject({ kind: "gap", reason: "expired" });
    const overview = await getEpisodeOverview(scope, episodeId, 10);
    expect(overview?.gaps.map(({ reason }) => reason)).toEqual(["expired", "expired"]);
    const counted = overview?.buckets.flatMap(({ levels }) => Object.values(levels)) ?? [];
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(250);
    expect(await scrubEpisode(scope, episodeId)).toMatchObject({ problems: [], chunksChecked: 2 });
    expect((await buildManifest(scope, episodeId))?.text).toMatch(/^#expired 0 0 99 /m);
    const trail = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
    expect(trail.map(({ action }) => action)).toEqual(["archive.expire_chunk", "archive.expire_chunk"]);
  });

  test("can be undone as long as the delay runs", async () => {
    const { scope, episodeId } = await agedEpisode();
    await setRetention(scope, month);
    expect(await setRetention(scope, null)).toMatchObject({ unmarked: 2 });
    await passUndoDelay(scope);
    expect(await retentionRound(scope)).toMatchObject({ expired: 0 });
    // Somebody who found the mark before it was taken away finds the policy gone.
    const stale = { ...(await chunkAt(scope, episodeId, 0)), deleteAfter: new Date(0) };
    expect(await expireChunk(scope, stale)).toBe("kept");
    const trail = await listAuditOf(scope, { resourceType: "workspace", resourceId: scope.workspaceId });
    expect(trail).toMatchObject([
      { action: "archive.set_retention", before: { days: 30 }, after: null },
      { action: "archive.set_retention", before: null, after: { days: 30 } },
    ]);
  });

  test("counts from when a chunk was archived, not from what its rows claim", async () => {
    const scope = await memberScope("owner");
    const episodeId = "old-clock";
    const lines = range(150).map((n) => JSON.stringify({ timestamp: "1970-01-02T00:00:00.000Z", n }));
    await uploadLines(scope, episodeId, lines, { settings: { chunkSize: 100 } });
    await archiveEpisode(scope, episodeId, everything);
    expect(await setRetention(scope, month)).toMatchObject({ marked: 0 });
    expect(await chunkAt(scope, episodeId, 0)).not.toHaveProperty("deleteAfter");
  });

  test("ends a chunk that is damaged like any other, and its counters stay exact", async () => {
    const { scope, episodeId } = await agedEpisode();
    await ageChunks(scope, episodeId, [2], 40);
    await flipOneBit(join(objects.directory, (await chunkAt(scope, episodeId, 2)).src));
    await scrubEpisode(scope, episodeId);
    await setRetention(scope, month);
    await passUndoDelay(scope);
    expect(await retentionRound(scope)).toMatchObject({ expired: 3 });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 100 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ chunks: { total: 1, verified: 1 } });
  });

  test("takes blocks of counts away only when nothing of them is left", async () => {
    const { scope, episodeId } = await agedEpisode();
    await ageChunks(scope, episodeId, [1], 0);
    await setRetention(scope, month);
    await passUndoDelay(scope);
    await retentionRound(scope);
    const blocks = () => scoped(scope).collection(logBlocks).find({ episodeId }).sort({ block: 1 }).toArray();
    expect((await blocks()).map(({ block }) => block)).toEqual([0, 1, 2]);
    await ageChunks(scope, episodeId, [1], 40);
    await setRetention(scope, month);
    await passUndoDelay(scope);
    await retentionRound(scope);
    expect((await blocks()).map(({ block }) => block)).toEqual([1, 2]);
    await expectSound(scope, episodeId);
  });
});

test("readers, writers, the archiver and the retention go on beside each other", {
  timeout: 60_000,
}, async () => {
  const { scope, episodeId } = await agedEpisode();
  await ageChunks(scope, episodeId, [2, 3], 40);
  await setRetention(scope, month);
  await passUndoDelay(scope);
  let going = true;
  const others = (async () => {
    await Promise.all([
      retentionRound(scope),
      (async () => {
        for (let first = 450; first < 650; first += 50) {
          await uploadLines(scope, episodeId, logLines(50, first));
          await archiveEpisode(scope, episodeId, { trigger: "threshold" });
        }
      })(),
    ]);
    going = false;
  })();
  let walks = 0;
  while (going || walks === 0) {
    const rows = await walkEpisode(scope, episodeId);
    const numbers = numbersOf(rows);
    expect(numbers).toEqual(range(numbers.length));
    const reasons = rows.flatMap((row) => (row.kind === "gap" ? [row.reason] : []));
    expect(reasons.filter((reason) => reason !== "expired" && reason !== "in_flight")).toEqual([]);
    walks++;
  }
  await others;
  expect((await expectSound(scope, episodeId)).expired).toHaveLength(4);
  expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(250, 400).map((n) => `line ${n}`));
});

test("a chunk that ends between its record and its object is expired to the reader, not lost", async () => {
  const { scope, episodeId } = await agedEpisode();
  await setRetention(scope, month);
  await passUndoDelay(scope);
  const store = new DirectoryStore(objects.directory);
  const get = store.get.bind(store);
  let ended = false;
  store.get = async (...asked) => {
    if (!ended) {
      ended = true;
      switchObjectStore(new DirectoryStore(objects.directory));
      await retentionRound(scope);
    }
    return get(...asked);
  };
  switchObjectStore(store);
  expect(await getLogEntry(scope, episodeId, 20n)).toMatchObject({ kind: "gap", reason: "expired" });
  await expectSound(scope, episodeId);
});

describe("killed while a chunk expires", () => {
  test.concurrent.each(["counted", "recorded", "object_deleted"])(
    "%s: nothing is half gone, and the next round finishes",
    { timeout: 60_000 },
    async (at) => {
      const { scope, episodeId } = await agedEpisode();
      const { src } = await chunkAt(scope, episodeId, 0);
      await setRetention(scope, month);
      await passUndoDelay(scope);
      const { workspaceId } = scope;
      const { signal, output } = await runFault(
        { kind: "upkeep", operation: "expire", workspaceId, episodeId, at },
        { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
      );
      expect({ signal, output }).toEqual({ signal: "SIGKILL", output: "" });

      const between = await checkEpisode(scope, episodeId);
      expect(between.problems).toEqual([]);
      expect(between.expired).toHaveLength(at === "counted" ? 0 : 1);
      expect((await objectStore().head(src))?.key ?? null).toBe(at === "object_deleted" ? null : src);

      await retentionRound(scope);
      expect(await objectStore().head(src)).toBeNull();
      expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 200, orphans: [] });
      expect(await scoped(scope).collection(logExpired).countDocuments({ objectDeleted: false })).toBe(0);
      const trail = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
      expect(trail).toHaveLength(2);
    },
  );
});

describe("a legal hold", () => {
  test.each(["episode", "workspace"])(
    "on the %s keeps what retention would delete, until it is released",
    async (on) => {
      const { scope, episodeId } = await agedEpisode();
      await setRetention(scope, month);
      const held = await placeHold(scope, {
        episodeId: on === "episode" ? episodeId : null,
        reason: "case 12",
      });
      expect(held).toMatchObject({ ok: true });
      await passUndoDelay(scope);
      expect(await retentionRound(scope)).toMatchObject({ expired: 0, marked: 0 });
      expect(await previewRetention(scope, { days: 30 })).toMatchObject({ chunks: 0, heldChunks: 2 });

      const [hold] = (await listHolds(scope)).rows;
      expect(hold).toMatchObject({ reason: "case 12", placedBy: scope.userId });
      const wish = { holdId: held.holdId ?? "", reason: "case closed" };
      expect(await releaseHold(await memberScope("owner"), wish)).toMatchObject({ code: "not_found" });
      expect(await releaseHold(scope, wish)).toMatchObject({ ok: true });
      expect(await releaseHold(scope, wish)).toMatchObject({ ok: false, code: "not_found" });
      // It is marked anew, with the whole delay before it.
      expect(await retentionRound(scope)).toMatchObject({ marked: 2, expired: 0 });
      const about =
        on === "episode"
          ? { resourceType: "log_episode", resourceId: episodeId }
          : { resourceType: "workspace", resourceId: scope.workspaceId };
      const trail = await listAuditOf(scope, about);
      expect(trail.filter(({ action }) => action.endsWith("_hold"))).toMatchObject([
        { action: "archive.release_hold", reason: "case closed", before: { reason: "case 12" } },
        { action: "archive.place_hold", reason: "case 12" },
      ]);
    },
  );

  test("that is placed while a chunk is about to be deleted wins or comes too late, never both", async () => {
    const { scope, episodeId } = await agedEpisode();
    await setRetention(scope, month);
    await passUndoDelay(scope);
    const chunk = await chunkAt(scope, episodeId, 0);
    const outcome = await expireChunk(scope, chunk, async (point) => {
      if (point === "counted") await placeHold(scope, { episodeId, reason: "just in time" });
    });
    expect(outcome).toBe("kept");
    expect(await chunkAt(scope, episodeId, 0)).not.toHaveProperty("deleteAfter");
    await expectSound(scope, episodeId);

    const races = await Promise.all(
      range(4).map(async () => {
        const other = await agedEpisode();
        await setRetention(other.scope, month);
        await passUndoDelay(other.scope);
        const victim = await chunkAt(other.scope, other.episodeId, 0);
        const [ended] = await Promise.all([
          expireChunk(other.scope, victim),
          placeHold(other.scope, { episodeId: other.episodeId, reason: "race" }),
        ]);
        const left = await scoped(other.scope).collection(logChunks).findOne({ _id: victim._id });
        await expectSound(other.scope, other.episodeId);
        return ended === "kept" ? left !== null && left.deleteAfter === undefined : left === null;
      }),
    );
    expect(races).toEqual([true, true, true, true]);
  });

  test("is on an episode of one's own workspace", async () => {
    const { episodeId } = await archivedEpisode(120);
    const stranger = await memberScope("owner");
    expect(await placeHold(stranger, { episodeId, reason: "mine" })).toMatchObject({ code: "not_found" });
    expect((await listHolds(stranger)).rows).toEqual([]);
  });
});
