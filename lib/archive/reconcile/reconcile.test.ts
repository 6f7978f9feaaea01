import { describe, expect, test } from "vitest";
import { listAuditOf } from "@/lib/db/audit";
import { checkEpisode } from "@/lib/logs/verify";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "../archiver";
import { reconcileEpisode } from "./reconcile";

testDatabase();
testMongo();
testObjects();

async function halfArchived() {
  const episode = await filledEpisode(250);
  await archiveEpisode(episode.scope, episode.episodeId, { trigger: "threshold" });
  await uploadLines(episode.scope, episode.episodeId, logLines(30, 250));
  return episode;
}

describe("counters that are wrong (F20)", () => {
  test("are corrected to what is there, with before and after in the trail", async () => {
    const { scope, episodeId } = await halfArchived();
    const records = scoped(scope).collection(logMetadata);
    const $inc = {
      currentLogs: 7n,
      totalLogs: -3n,
      archivedLogs: 1n,
      currentMongoBytes: 5n,
      damagedChunks: 1,
    };
    await records.updateOne({ episodeId }, { $inc: { ...$inc, "levelCounts.error": 2n } });
    await records.updateOne({ episodeId }, { $set: { firstLogAt: new Date(0) } });
    expect((await checkEpisode(scope, episodeId)).problems.length).toBeGreaterThan(5);

    const result = await reconcileEpisode(scope, episodeId);
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.repaired).toContain("levelCounts.error");
    await expectSound(scope, episodeId);
    const [entry] = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
    expect(entry).toMatchObject({
      action: "archive.reconcile_counters",
      before: { totalLogs: "277", firstLogAt: "1970-01-01T00:00:00.000Z" },
      after: { totalLogs: "280", firstLogAt: "2026-11-20T08:00:00.000Z" },
    });
    expect(entry?.after).not.toHaveProperty("totalChunks");

    expect(await reconcileEpisode(scope, episodeId)).toMatchObject({ ok: true, repaired: [] });
    expect(await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId })).toHaveLength(1);
  });

  test("are right afterwards also when rows come in and are archived meanwhile", async () => {
    const { scope, episodeId } = await halfArchived();
    await scoped(scope)
      .collection(logMetadata)
      .updateOne({ episodeId }, { $inc: { currentLogs: 5n } });
    let writing = true;
    const others = (async () => {
      for (let first = 280; first < 640; first += 40)
        await uploadLines(scope, episodeId, logLines(40, first));
      await archiveEpisode(scope, episodeId, everything);
      writing = false;
    })();
    while (writing) await reconcileEpisode(scope, episodeId);
    await others;
    expect(await reconcileEpisode(scope, episodeId)).toMatchObject({ ok: true });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 640, hotRows: 0 });
  });

  test("are not bent to hide a row that is nowhere", async () => {
    const { scope, episodeId } = await halfArchived();
    await scoped(scope)
      .collection(logEntries)
      .deleteMany({ episodeId, sequenceNumber: { $gte: 260n, $lte: 262n } });
    const before = await scoped(scope).collection(logMetadata).findOne({ episodeId });
    const result = await reconcileEpisode(scope, episodeId);
    expect(result).toMatchObject({ ok: false, code: "conflict" });
    expect(!result.ok && result.problems.join("\n")).toContain("Rows 260 to 262 are nowhere");
    // But for when somebody looked.
    const looked = { ...before, reconciledAt: expect.any(Date) };
    expect(await scoped(scope).collection(logMetadata).findOne({ episodeId })).toEqual(looked);
  });

  test("of another workspace are not there", async () => {
    const { episodeId } = await filledEpisode(20);
    expect(await reconcileEpisode(await memberScope("owner"), episodeId)).toMatchObject({
      code: "not_found",
    });
  });
});
