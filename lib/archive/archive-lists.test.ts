import { expect, test } from "vitest";
import { logArchiveAttempts } from "@/lib/mongo/collections/log-chunks";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { archivedEpisode, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { placeHold } from "./hold";
import { listArchiveEpisodes, pageArchiveAttempts } from "./queries";

testDatabase();
testMongo();
testObjects();

test("episodes are found by state and by a part of their id, which is text and no pattern", async () => {
  const { scope, episodeId } = await archivedEpisode();
  for (const name of ["render.a", "render.b", "other"]) await uploadLines(scope, name, logLines(3));
  const ids = async (query: Parameters<typeof listArchiveEpisodes>[1]) => {
    const { episodes, matching } = await listArchiveEpisodes(scope, query);
    expect(matching).toBe(episodes.length);
    return episodes.map((episode) => episode.episodeId).sort();
  };
  expect(await ids({ state: "verified" })).toEqual([episodeId]);
  expect(await ids({ state: "live" })).toEqual(["other", "render.a", "render.b"]);
  expect(await ids({ q: "RENDER." })).toEqual(["render.a", "render.b"]);
  expect(await ids({ q: "r.*" })).toEqual([]);
  expect(await ids({ state: "verified", q: "render" })).toEqual([]);
});

test("every episode is on one page of the list and on one only", async () => {
  const scope = await memberScope("owner");
  for (let n = 0; n < 53; n++) await uploadLines(scope, `e-${n}`, logLines(1));
  const seen: string[] = [];
  for (let cursor: string | null = null, pages = 0; pages === 0 || cursor !== null; pages++) {
    const page = await listArchiveEpisodes(scope, { cursor, state: "live" });
    seen.push(...page.episodes.map(({ episodeId }) => episodeId));
    cursor = page.next;
  }
  expect(seen).toHaveLength(53);
  expect(new Set(seen).size).toBe(53);
});

test("a hold on an episode shows on it alone, one on the workspace on all", async () => {
  const scope = await memberScope("owner");
  for (const name of ["a", "b"]) await uploadLines(scope, name, logLines(1));
  const held = async () => {
    const { episodes } = await listArchiveEpisodes(scope);
    return Object.fromEntries(episodes.map((episode) => [episode.episodeId, episode.held]));
  };
  await placeHold(scope, { episodeId: "a", reason: "an inquiry" });
  expect(await held()).toEqual({ a: true, b: false });
  await placeHold(scope, { episodeId: null, reason: "another one" });
  expect(await held()).toEqual({ a: true, b: true });
});

test("the ledger is walked page by page, and filtered by outcome, epoch and owner", async () => {
  const { scope, episodeId } = await filledEpisode(10);
  const startedAt = new Date();
  await scoped(scope)
    .collection(logArchiveAttempts)
    .insertMany(
      Array.from({ length: 25 }, (_, n) => ({
        _id: newObjectId(),
        workspaceId: scope.workspaceId,
        episodeId,
        owner: `worker-${n % 2}:7:abcdef`,
        epoch: n + 1,
        trigger: "threshold" as const,
        chunkNumber: n,
        startSequence: null,
        endSequence: null,
        steps: [],
        outcome: n % 5 === 0 ? ("failed" as const) : ("archived" as const),
        error: null,
        // All at once: the epoch tells them apart.
        startedAt,
        finishedAt: null,
      })),
    );
  const epochs: number[] = [];
  for (let before: string | null = null, pages = 0; pages === 0 || before !== null; pages++) {
    const page = await pageArchiveAttempts(scope, episodeId, { before });
    epochs.push(...page.attempts.map(({ epoch }) => epoch));
    before = page.next;
  }
  expect(epochs).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
  const found = async (query: Parameters<typeof pageArchiveAttempts>[2]) =>
    (await pageArchiveAttempts(scope, episodeId, query)).attempts.map(({ epoch }) => epoch);
  expect(await found({ outcome: "failed" })).toEqual([21, 16, 11, 6, 1]);
  expect(await found({ by: "7" })).toEqual([7]);
  expect(await found({ by: "worker-0", outcome: "failed" })).toEqual([21, 11, 1]);
  expect(await found({ by: ".*" })).toEqual([]);
});
