import { expect, test } from "vitest";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { archivedEpisode } from "@/lib/testing/archive";
import { ageChunks } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { placeHold } from "../hold";
import { listMarked } from "./marked";
import { getRetentionState, setRetention, undoRetention } from "./policy";
import { previewRetention } from "./preview";

testDatabase();
testMongo();
testObjects();

const month = { days: 30, undoHours: 24 };
const seenOf = async (scope: Parameters<typeof getRetentionState>[0]) =>
  (await getRetentionState(scope)).updatedAt ?? "";

test("a preview is what is marked, to the chunk, whatever is marked and held already", async () => {
  const { scope, episodeId } = await archivedEpisode(400);
  await ageChunks(scope, episodeId, [0, 1], 50);
  await ageChunks(scope, episodeId, [2], 20);
  const before = await previewRetention(scope, month);
  expect(before).toMatchObject({ chunks: 2, markedAlready: 0, unmarked: 0 });
  expect(await setRetention(scope, month)).toMatchObject({ marked: before.chunks });
  expect(await previewRetention(scope, { days: 10 })).toMatchObject({
    chunks: 3,
    markedAlready: 2,
    unmarked: 0,
  });
  expect(await previewRetention(scope, { days: 90 })).toMatchObject({ chunks: 0, unmarked: 2 });
  expect(await previewRetention(scope, { days: null })).toMatchObject({ chunks: 0, unmarked: 2 });
  expect(await setRetention(scope, { days: 10, undoHours: 24 })).toMatchObject({ marked: 1, unmarked: 0 });
  await placeHold(scope, { episodeId, reason: "case 12" });
  expect(await previewRetention(scope, { days: 10 })).toMatchObject({
    chunks: 0,
    heldChunks: 3,
    unmarked: 0,
  });
});

test("what is marked stands there by episode, the next to go first", async () => {
  const { scope, episodeId } = await archivedEpisode(400);
  await ageChunks(scope, episodeId, [1, 2], 50);
  expect(await listMarked(scope)).toEqual({ chunks: 0, bytes: 0, next: null, episodes: [], moreEpisodes: 0 });
  await setRetention(scope, month);
  const marked = await listMarked(scope);
  expect(marked).toMatchObject({
    chunks: 2,
    episodes: [{ episodeId, chunks: 2, firstChunk: 1, lastChunk: 2, rows: 200 }],
  });
  expect(marked.next).toBe(marked.episodes[0]?.deleteAfter);
  expect(await listMarked(await memberScope("owner"))).toMatchObject({ chunks: 0 });
});

test("an undo brings back what held before, and the marks of the change go", async () => {
  const { scope, episodeId } = await archivedEpisode(400);
  await ageChunks(scope, episodeId, [0, 1], 50);
  const marks = () =>
    scoped(scope)
      .collection(logChunks)
      .countDocuments({ deleteAfter: { $exists: true } });
  await setRetention(scope, { days: 90, undoHours: 48 }, "");
  await setRetention(scope, month, await seenOf(scope));
  expect(await marks()).toBe(2);
  expect((await getRetentionState(scope)).previous).toMatchObject({ policy: { days: 90, undoHours: 48 } });
  expect(await undoRetention(scope, { seen: await seenOf(scope) })).toMatchObject({ unmarked: 2 });
  expect(await marks()).toBe(0);
  expect(await getRetentionState(scope)).toMatchObject({
    policy: { days: 90, undoHours: 48 },
    previous: { policy: month },
  });
});

test("a change to what somebody else has changed meanwhile is refused, and so is an undo", async () => {
  const scope = await memberScope("owner");
  await expect(undoRetention(scope, { seen: "" })).rejects.toMatchObject({ code: "conflict" });
  await setRetention(scope, month, "");
  const seen = await seenOf(scope);
  await expect(setRetention(scope, { days: 7, undoHours: 1 }, "")).rejects.toMatchObject({
    code: "conflict",
  });
  await setRetention(scope, { days: 60, undoHours: 24 }, seen);
  await expect(setRetention(scope, null, seen)).rejects.toMatchObject({ code: "conflict" });
  await expect(undoRetention(scope, { seen })).rejects.toMatchObject({ code: "conflict" });
  expect((await getRetentionState(scope)).policy).toEqual({ days: 60, undoHours: 24 });
});
