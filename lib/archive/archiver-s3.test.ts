import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getEpisode } from "@/lib/logs/queries";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { type FaultProxy, openFaultProxy } from "@/lib/objects/fault-proxy";
import { switchObjectStore } from "@/lib/objects/store";
import { everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { messagesOf, range, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { describeWithS3, impatient, newBucket, s3StoreAt, testS3 } from "@/lib/testing/s3";
import { archiveEpisode } from "./archiver";
import { listArchiveAttempts, listArchiveChunks } from "./queries";

testDatabase();
testMongo();

type Episode = Awaited<ReturnType<typeof filledEpisode>>;
const rows = 250;
const all = range(rows).map((n) => `line ${n}`);

describeWithS3("archiving to S3 through a faulty network", () => {
  const server = testS3();
  let proxy: FaultProxy;
  let bucket = "";

  beforeAll(async () => {
    proxy = await openFaultProxy(server.endpoint);
    bucket = await newBucket(server.endpoint);
  });
  afterAll(async () => {
    switchObjectStore(undefined);
    await proxy.close();
  });
  beforeEach(() => switchObjectStore(s3StoreAt(proxy.endpoint, bucket)));
  afterEach(() => proxy.heal());

  /** Nothing was deleted, no chunk was made, every row is read, and the attempt's failure is on record. */
  async function expectUntouched({ scope, episodeId }: Episode, step: "S3" | "S4", error: RegExp) {
    expect(await scoped(scope).collection(logChunks).countDocuments({ episodeId })).toBe(0);
    expect(await getEpisode(scope, episodeId)).toMatchObject({ hot: rows, archived: 0, archiving: false });
    const [attempt] = await listArchiveAttempts(scope, episodeId, 1);
    expect(attempt).toMatchObject({ outcome: "failed", error: expect.stringMatching(error) });
    expect(attempt?.steps.at(-1)).toMatchObject({ step, outcome: "failed" });
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(all);
  }

  /** The next attempt, on a network that works, archives everything. */
  async function expectRecovered({ scope, episodeId }: Episode) {
    proxy.heal();
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows });
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(all);
    await expectSound(scope, episodeId);
  }

  describe("the store is down, or refuses (F12)", () => {
    test.each([
      ["500", { kind: "status", status: 500 }, /fails \(500\)/],
      ["503", { kind: "status", status: 503 }, /asked for too much \(503\)/],
      ["403", { kind: "status", status: 403 }, /refuses s3:PutObject \(403\)/],
      ["a stall", { kind: "stall", ms: 60_000 }, /does not answer in time/],
      ["resets in the upload", { kind: "reset", at: "upload" }, /cannot be reached/],
    ] as const)(
      "%s: nothing is deleted, the failure is on record, and the next attempt succeeds",
      async (_, fault, error) => {
        const episode = await filledEpisode(rows);
        if (fault.kind === "stall") {
          const patience = { ...impatient, stallMs: 1_500 };
          switchObjectStore(s3StoreAt(proxy.endpoint, bucket, { patience }));
        }
        proxy.fault(fault, { times: 100 });
        const result = await archiveEpisode(episode.scope, episode.episodeId, everything);
        expect(result).toMatchObject({ outcome: "failed", rows: 0, error: expect.stringMatching(error) });
        await expectUntouched(episode, "S3", error);
        await expectRecovered(episode);
      },
    );

    test("what cannot be read back is not committed", async () => {
      const episode = await filledEpisode(rows);
      proxy.fault({ kind: "status", status: 503 }, { operation: "GetObject", times: 100 });
      expect(await archiveEpisode(episode.scope, episode.episodeId, everything)).toMatchObject({
        outcome: "failed",
      });
      await expectUntouched(episode, "S4", /asked for too much/);
      await expectRecovered(episode);
    });

    test("what passes by itself is no failure", async () => {
      const episode = await filledEpisode(rows);
      proxy.fault({ kind: "status", status: 503 }, { operation: "PutObject", times: 2 });
      proxy.fault({ kind: "reset", at: "download" }, { operation: "GetObject", times: 2 });
      await expectRecoveredUnder(episode);
    });
  });

  test.each(["truncate", "empty", "zero", "flip"] as const)(
    "a put that is acknowledged and stored with other bytes is caught before the commit (F13): %s",
    async (how) => {
      const episode = await filledEpisode(rows);
      proxy.fault({ kind: "spoil", where: "sent", how }, { operation: "PutObject" });
      const { outcome, error } = await archiveEpisode(episode.scope, episode.episodeId, everything);
      expect({ outcome, error }).toEqual({
        outcome: "failed",
        error: expect.stringContaining("is not what was written"),
      });
      await expectUntouched(episode, "S4", /is not what was written/);
      await expectRecovered(episode);
    },
  );

  test("a put whose answer is lost is adopted when its bytes are right (F14)", async () => {
    const episode = await filledEpisode(rows);
    proxy.fault({ kind: "reset", at: "answer" }, { operation: "PutObject", times: 1 });
    await expectRecoveredUnder(episode);
    const [first] = await listArchiveChunks(episode.scope, episode.episodeId);
    expect(first?.key).toContain("-e1-");
  });

  test("a put whose answer is lost and whose bytes are wrong is left to a new key (F14)", async () => {
    const episode = await filledEpisode(rows);
    proxy.fault({ kind: "spoil", where: "sent", how: "flip", answerLost: true }, { operation: "PutObject" });
    expect(await archiveEpisode(episode.scope, episode.episodeId, everything)).toMatchObject({
      outcome: "failed",
    });
    await expectUntouched(episode, "S4", /is not what was written/);
    await expectRecovered(episode);
    const [first] = await listArchiveChunks(episode.scope, episode.episodeId);
    expect(first?.key).toContain("-e2-");
  });

  /** Succeeds although the network is as the test made it. */
  async function expectRecoveredUnder({ scope, episodeId }: Episode) {
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({
      outcome: "done",
      rows,
      error: null,
    });
    proxy.heal();
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(all);
    await expectSound(scope, episodeId);
  }
});
