import { expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { archivedEpisode, everything, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { day, hour } from "@/lib/time";
import { archiveEpisode } from "./archiver";
import { getArchiveRates, getArchiveTotals } from "./queries";

testDatabase();
testMongo();
testObjects();

/** As if its rows had been archived, and perhaps looked at, so long ago. */
const chunksOf = (scope: WorkspaceScope, fields: object) =>
  scoped(scope).collection(logChunks).updateMany({}, { $set: fields });

test("the figures count what was sent and what of it was archived", async () => {
  const { scope, episodeId } = await filledEpisode(250);
  await uploadLines(scope, newEpisodeId(), logLines(30));
  await archiveEpisode(scope, episodeId, { trigger: "threshold" });
  expect(await getArchiveTotals(scope)).toMatchObject({
    episodes: 2,
    liveEpisodes: 2,
    hotLogs: 80,
    archivedLogs: 200,
    chunks: 2,
    verifiedChunks: 2,
    overdueChunks: 0,
    waitingLogs: 0,
    states: { damaged: 0, overdue: 0, archiving: 0, live: 2, verified: 0 },
  });
});

test("rows wait when they are above the hot tail and the threshold, and all of them when the episode has ended", async () => {
  const { scope, episodeId } = await filledEpisode(250);
  expect(await getArchiveTotals(scope)).toMatchObject({ waitingLogs: 230, states: { overdue: 1 } });
  await scoped(scope)
    .collection(logMetadata)
    .updateOne({ episodeId }, { $set: { ended: true } });
  expect((await getArchiveTotals(scope)).waitingLogs).toBe(250);
});

test("the rates are those of both directions over the same minutes", async () => {
  const { scope, episodeId } = await filledEpisode(250);
  const before = await getArchiveRates(scope);
  expect(before.archivedPerSecond).toBe(0);
  expect(before.ingestedPerSecond * 300).toBeCloseTo(250, 5);
  await archiveEpisode(scope, episodeId, everything);
  expect((await getArchiveRates(scope)).archivedPerSecond * 300).toBeCloseTo(250, 5);
  const later = new Date(Date.now() + hour);
  expect(await getArchiveRates(scope, later)).toMatchObject({ archivedPerSecond: 0, ingestedPerSecond: 0 });
});

test("a chunk that nobody has read for more than eight days is overdue, however it was looked at last", async () => {
  const { scope } = await archivedEpisode(250);
  const overdue = async () => (await getArchiveTotals(scope)).overdueChunks;
  await chunksOf(scope, { verifiedAt: new Date(Date.now() - 9 * day) });
  expect(await overdue()).toBe(3);
  await chunksOf(scope, { checkedAt: new Date(Date.now() - 7.5 * day) });
  expect(await overdue()).toBe(0);
  // Somebody asked for it: it is about to be read.
  await chunksOf(scope, { checkedAt: new Date(0) });
  expect(await overdue()).toBe(0);
});

test("the oldest row is one that may be archived: the tail of what still moves is nobody's backlog", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  await uploadLines(scope, episodeId, logLines(10), { settings: { keepHot: 20, archiveThreshold: 100 } });
  expect((await getArchiveTotals(scope)).oldest).toBeNull();
  const records = scoped(scope).collection(logMetadata);
  await records.updateOne({ episodeId }, { $set: { archiveAfterMs: hour, ended: true } });
  expect((await getArchiveTotals(scope)).oldest).toMatchObject({ episodeId, limitMs: hour });
});
