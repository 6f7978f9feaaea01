import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { endEpisode } from "@/lib/logs/episodes";
import { ingestBatch } from "@/lib/logs/ingest";
import { findRecord } from "@/lib/logs/read/page";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { switchObjectStore } from "@/lib/objects/store";
import { everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, parsedLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { archiveEpisode } from "./archiver";
import { lookAt, noteNextLook } from "./due";
import { archiveNow } from "./mutations";
import { listArchiveAttempts, listArchiveEpisodes } from "./queries";

testDatabase();
testMongo();
const objects = testObjects();

type Filled = Awaited<ReturnType<typeof filledEpisode>>;

async function recordOf({ scope, episodeId }: Filled): Promise<LogMetadata> {
  const record = await findRecord(scope, episodeId);
  if (!record) throw new Error("The episode has no record");
  return record;
}

async function lookOf(filled: Filled, at = new Date()) {
  return lookAt(filled.scope, await recordOf(filled), at);
}

const later = (ms: number) => new Date(Date.now() + ms);
const day = 86_400_000;
const set = ({ scope, episodeId }: Filled, fields: Partial<LogMetadata>) =>
  scoped(scope).collection(logMetadata).updateOne({ episodeId }, { $set: fields });

describe("an episode is looked at in time", () => {
  test("at once when it is above its threshold", async () => {
    const filled = await filledEpisode(250);
    expect((await recordOf(filled)).archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(await lookOf(filled)).toMatchObject({ due: { trigger: "threshold" } });
  });

  test("after a day when it is below", async () => {
    const filled = await filledEpisode(30);
    const { archiveDueAt, createdAt } = await recordOf(filled);
    expect(archiveDueAt?.getTime()).toBeGreaterThan(createdAt.getTime() + day - 60_000);
    expect(archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now() + day);
    expect((await lookOf(filled)).due).toBeNull();
  });

  test("rows that follow do not put it off", async () => {
    const filled = await filledEpisode(30);
    const before = await recordOf(filled);
    await uploadLines(filled.scope, filled.episodeId, logLines(5, 30), { uploadId: "more" });
    expect((await recordOf(filled)).archiveDueAt).toEqual(before.archiveDueAt);
  });

  test("at once when it ends or somebody asks", async () => {
    const [ended, asked] = [await filledEpisode(30), await filledEpisode(30)];
    await endEpisode(ended.scope, ended.episodeId);
    expect((await recordOf(ended)).archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(await lookOf(ended)).toMatchObject({ due: { trigger: "ended", everything: true } });
    await set(asked, { archiveRequest: { everything: false, requestedAt: new Date() } });
    expect(await lookOf(asked)).toMatchObject({ due: { trigger: "on_demand", everything: false } });
    await archiveNow(asked.scope, { episodeId: asked.episodeId, everything: true });
    expect((await recordOf(asked)).archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(await lookOf(asked)).toEqual({ due: null, next: null });
  });

  test("a look is put on record only while nobody else has changed the episode", async () => {
    const filled = await filledEpisode(30);
    const seen = await recordOf(filled);
    await endEpisode(filled.scope, filled.episodeId);
    await noteNextLook(filled.scope, seen, later(day));
    expect((await recordOf(filled)).archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    await noteNextLook(filled.scope, await recordOf(filled), null);
    expect((await recordOf(filled)).archiveDueAt).toBeNull();
  });

  test("a record from before there was such a time is looked at like any other", async () => {
    const filled = await filledEpisode(30);
    const { scope, episodeId } = filled;
    const records = scoped(scope).collection(logMetadata);
    await records.updateOne({ episodeId }, { $unset: { archiveDueAt: "" } });
    const { next } = await lookOf(filled);
    expect(next?.getTime()).toBeGreaterThan(Date.now());
    await noteNextLook(scope, await recordOf(filled), next);
    expect((await recordOf(filled)).archiveDueAt).toEqual(next);
  });
});

describe("by age", () => {
  test("what is above the hot tail goes when its oldest row is old enough, the tail when all is", async () => {
    const filled = await filledEpisode(60);
    const { scope, episodeId } = filled;
    await set(filled, { archiveAfterMs: 3_600_000 });
    await scoped(scope)
      .collection(logEntries)
      .updateMany({ episodeId, sequenceNumber: { $lte: 9n } }, { $set: { createdAt: later(-1_800_000) } });
    expect((await lookOf(filled)).due).toBeNull();
    expect(await lookOf(filled, later(1_900_000))).toMatchObject({ due: { trigger: "age" } });
    expect(await archiveEpisode(scope, episodeId, { trigger: "age" })).toMatchObject({ rows: 40 });
    // Twenty rows are the tail; nobody writes any more.
    const { due, next } = await lookOf(filled, later(1_900_000));
    expect(due).toBeNull();
    expect(await lookOf(filled, next ?? later(0))).toMatchObject({
      due: { trigger: "age", everything: true },
    });
    await archiveEpisode(scope, episodeId, { trigger: "age", everything: true });
    expect(await lookOf(filled, later(day))).toEqual({ due: null, next: null });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 60, hotRows: 0 });
    expect((await listArchiveAttempts(scope, episodeId, 9)).map(({ trigger }) => trigger)).toContain("age");
  });
});

describe("after a failure", () => {
  test("the episode waits, longer each time, and says until when", async () => {
    const filled = await filledEpisode();
    const { scope, episodeId } = filled;
    const full = new DirectoryStore(objects.directory);
    full.put = async () => {
      throw new AppError("unavailable", `${full.name} is full.`);
    };
    switchObjectStore(full);
    const waits: number[] = [];
    for (const failures of [1, 2, 3]) {
      expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "failed" });
      const { archiveRetry, archiveDueAt } = await recordOf(filled);
      expect(archiveRetry?.failures).toBe(failures);
      expect(archiveDueAt).toEqual(archiveRetry?.nextAttemptAt);
      waits.push(Number(archiveRetry?.nextAttemptAt) - Number(archiveRetry?.failedAt));
      expect(await lookOf(filled)).toEqual({ due: null, next: archiveRetry?.nextAttemptAt });
      const nextAttemptAt = archiveRetry?.nextAttemptAt.toISOString();
      const [attempt] = await listArchiveAttempts(scope, episodeId, 1);
      expect(attempt).toMatchObject({ outcome: "failed", nextAttemptAt });
      const { episodes } = await listArchiveEpisodes(scope);
      expect(episodes).toMatchObject([{ state: "overdue", nextAttemptAt }]);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000]);

    // More rows end no wait; a person who asks does.
    await uploadLines(scope, episodeId, logLines(10, 250), { uploadId: "more" });
    const waiting = await recordOf(filled);
    expect(waiting.archiveDueAt).toEqual(waiting.archiveRetry?.nextAttemptAt);
    await set(filled, { archiveRequest: { everything: true, requestedAt: new Date() } });
    expect(await lookOf(filled)).toMatchObject({ due: { trigger: "on_demand" } });

    switchObjectStore(new DirectoryStore(objects.directory));
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 260 });
    expect(await recordOf(filled)).toMatchObject({ archiveRetry: null, lastArchiveError: null });
    await expectSound(scope, episodeId);
  });
});

test("an attempt that finds a lease held leaves nothing, one that dies with it is on record", async () => {
  const filled = await filledEpisode();
  const { scope, episodeId } = filled;
  const dies = archiveEpisode(scope, episodeId, {
    ...everything,
    ttlMs: 600_000,
    onPoint: (point) => {
      if (point === "after S0") throw new Error("died");
    },
  });
  await expect(dies).rejects.toThrow("died");
  expect(await listArchiveAttempts(scope, episodeId, 9)).toMatchObject([
    { epoch: 1, outcome: "running", steps: [{ step: "S0" }] },
  ]);
  expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "busy" });
  expect(await listArchiveAttempts(scope, episodeId, 9)).toHaveLength(1);
  const { archiveLease } = await recordOf(filled);
  expect(await lookOf(filled)).toEqual({ due: null, next: archiveLease?.expiresAt });
});

test("rows behind a writer that still holds numbers are left, and looked at again", async () => {
  const filled = await filledEpisode(30);
  const { scope, episodeId } = filled;
  await endEpisode(scope, episodeId);
  const stuck = ingestBatch(
    scope,
    { episodeId, batchId: "stuck", entries: parsedLines(logLines(5, 30)), final: true },
    () => {
      throw new Error("stuck");
    },
  );
  await expect(stuck).rejects.toThrow("stuck");
  await uploadLines(scope, episodeId, logLines(10, 35), { uploadId: "more" });
  expect(await archiveEpisode(scope, episodeId, { trigger: "ended", everything: true })).toMatchObject({
    rows: 30,
  });
  expect(await lookOf(filled)).toMatchObject({ due: { trigger: "ended" } });
  expect(await archiveEpisode(scope, episodeId, { trigger: "ended", everything: true })).toMatchObject({
    outcome: "done",
    rows: 0,
  });
});
