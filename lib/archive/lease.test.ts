import { describe, expect, test, vi } from "vitest";
import { getEpisode } from "@/lib/logs/queries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { archiveEpisode } from "./archiver";
import { acquireLease, renewLease } from "./lease";
import { listArchiveChunks } from "./queries";

testDatabase();
testMongo();
testObjects();

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
