import { rm } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { canaryEpisodes } from "@/drizzle/schema/canary-episodes";
import { canaryProblems } from "@/drizzle/schema/canary-problems";
import { canaryState } from "@/drizzle/schema/canary-state";
import { archiveEpisode } from "@/lib/archive/archiver";
import { purgeEpisode } from "@/lib/archive/deletion/purge";
import { listArchiveChunks } from "@/lib/archive/queries";
import { scopeForWorker, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { database } from "@/lib/db/client";
import { endEpisode } from "@/lib/logs/episodes";
import { listEpisodes } from "@/lib/logs/queries";
import { allCollections } from "@/lib/mongo/collections/all";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { everything, expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { claimTurn, listCanaryEpisodes } from "./memory";
import { canaryRound, type Perch, usualPlan } from "./rounds";
import { ensureCanaryWorkspace } from "./workspace";

testDatabase();
testMongo();
const objects = testObjects();

const platform = workerPlatformScope();
const plan = { ...usualPlan, settings: { archiveThreshold: 20, chunkSize: 20, keepHot: 5 } };
let perch: Perch;
let scope: WorkspaceScope;

beforeEach(async () => {
  const found = await scopeForWorker(await ensureCanaryWorkspace(platform));
  if (!found) throw new Error("The canary has no workspace");
  scope = found;
  perch = { platform, scope };
  // Nothing is remembered: the next round begins a new episode and clears what the test before left.
  await database().delete(canaryEpisodes);
  await database().delete(canaryProblems);
  await database().update(canaryState).set({ linesChecked: 0, coldChecked: 0 });
});

async function rounds(count: number): Promise<string> {
  for (let round = 0; round < count; round++) await canaryRound(perch, plan);
  const [episode] = await listCanaryEpisodes(platform);
  if (!episode) throw new Error("There is no episode");
  return episode.episodeId;
}

const problems = () =>
  database()
    .select({ line: canaryProblems.line, kind: canaryProblems.kind })
    .from(canaryProblems)
    .orderBy(canaryProblems.line);
const figures = async () => (await database().select().from(canaryState))[0];

test("what it sends is read back, live and from the archive, and nothing is wrong with it", async () => {
  const episodeId = await rounds(4);
  const { linesChecked = 0, coldChecked } = (await figures()) ?? {};
  expect(linesChecked).toBeGreaterThanOrEqual(40);
  expect(coldChecked).toBe(0);
  expect(await archiveEpisode(scope, episodeId, { trigger: "threshold" })).toMatchObject({ rows: 20 });
  await rounds(4);
  expect(await problems()).toEqual([]);
  // Each round looks at one line, and the walk meets every line of the archive.
  expect((await figures())?.coldChecked).toBeGreaterThanOrEqual(20);
  await expectSound(scope, episodeId);
});

test("no member of another workspace sees any of it", async () => {
  await rounds(1);
  const member = await memberScope("owner");
  expect((await listEpisodes(member)).episodes).toEqual([]);
});

test("one worker at a time has the turn, and another takes over when it falls silent", async () => {
  expect(await claimTurn(platform, "first", 60_000)).toBe(true);
  expect(await claimTurn(platform, "second", 60_000)).toBe(false);
  expect(await claimTurn(platform, "first", -1)).toBe(true);
  expect(await claimTurn(platform, "second", -1)).toBe(true);
});

test("a worker that dies between sending and remembering sends nothing twice", async () => {
  const episodeId = await rounds(2);
  const forgotten = { sent: 10, readBack: 10, walked: 0 };
  await database().update(canaryEpisodes).set(forgotten).where(eq(canaryEpisodes.episodeId, episodeId));
  await rounds(1);
  expect(await problems()).toEqual([]);
  expect((await listCanaryEpisodes(platform))[0]).toMatchObject({ sent: 20, readBack: 20 });
  expect(await scoped(scope).collection(logEntries).countDocuments({ episodeId })).toBe(20);
});

describe("it finds", () => {
  test("a row that is gone from MongoDB", async () => {
    const episodeId = await rounds(2);
    await scoped(scope).collection(logEntries).deleteMany({ episodeId, sequenceNumber: 7n });
    await rounds(2);
    expect(await problems()).toEqual([{ line: 7, kind: "missing" }]);
  });

  test("a message that became another", async () => {
    const episodeId = await rounds(2);
    await scoped(scope)
      .collection(logEntries)
      .updateOne({ episodeId, sequenceNumber: 3n }, { $set: { message: "canary line 3, I think" } });
    await rounds(2);
    expect(await problems()).toEqual([{ line: 3, kind: "changed" }]);
  });

  test("a chunk that is gone from the archive, each of its lines once however often it looks", async () => {
    const episodeId = await rounds(4);
    await archiveEpisode(scope, episodeId, { trigger: "threshold" });
    const [chunk] = await listArchiveChunks(scope, episodeId);
    await rm(join(objects.directory, chunk?.key ?? ""));
    await rounds(5);
    const found = await problems();
    expect(found).toEqual(Array.from({ length: 20 }, (_, line) => ({ line, kind: "missing" })));
  });

  test("that MongoDB was set back: its own memory lies elsewhere", async () => {
    const episodeId = await rounds(2);
    for (const definition of allCollections) {
      if ("episodeId" in definition.schema.shape)
        await scoped(scope).collection(definition).deleteMany({ episodeId });
    }
    await rounds(1);
    // Lines 20 to 29 landed under numbers that were given before, or nowhere: either way the loss is on record.
    const found = await problems();
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(found.every(({ line }) => line < 20)).toBe(true);
  });
});

test("an episode that has had its time is ended, and later gone with everything that was kept of it", async () => {
  const episodeId = await rounds(4);
  const ahead = (ms: number) => new Date(Date.now() + ms);
  await canaryRound(perch, plan, ahead(plan.episodeMs + 1_000));
  const [first, second] = await listCanaryEpisodes(platform);
  expect(first).toMatchObject({ episodeId, endedAt: expect.any(Date) });
  expect(second).toMatchObject({ sent: plan.linesPerRound, endedAt: null });
  await endEpisode(scope, episodeId);
  expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 40 });

  await canaryRound(perch, plan, ahead(plan.keepMs + 1_000));
  expect((await listCanaryEpisodes(platform)).map((episode) => episode.episodeId)).not.toContain(episodeId);
  const deletion = await scoped(scope).collection(logDeletions).findOne({ episodeId });
  if (!deletion) throw new Error("It was not deleted");
  expect(await purgeEpisode(scope, deletion, { now: ahead(plan.keepMs) })).toBe("done");
  for (const definition of allCollections) {
    if ("episodeId" in definition.schema.shape && definition !== logDeletions)
      expect(await scoped(scope).collection(definition).countDocuments({ episodeId })).toBe(0);
  }
  const left: string[] = [];
  for await (const { key } of objectStore().list(""))
    if (key.includes(encodeURIComponent(episodeId))) left.push(key);
  expect(left).toEqual([]);
  expect(await problems()).toEqual([]);
});
