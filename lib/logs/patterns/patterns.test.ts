import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { createRuns } from "@/lib/runs/create";
import { seededRandom } from "@/lib/seeded-random";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { getEpisode } from "../queries";
import { parseQuery } from "../search/query";
import { getPatterns } from "./patterns";
import { patternList } from "./schema";

testDatabase();
testMongo();
testObjects();

const everyRow = parseQuery({});
const settings = { chunkSize: 300, archiveThreshold: 300, keepHot: 250 };
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
});

/** Rows of four known shapes: which of them each row has follows from its number. */
function shapedLines(count: number): string[] {
  const random = seededRandom("shapes");
  return Array.from({ length: count }, (_, number) => {
    const message =
      number % 10 === 0
        ? `Upload of shard ${number} failed after ${random.whole(1, 900)} ms`
        : number % 2 === 0
          ? `Loaded batch ${random.whole(0, 1e6)} in ${random.whole(1, 99)} ms from cache`
          : `Heartbeat sent to 10.0.0.${random.whole(1, 250)}`;
    return JSON.stringify({
      timestamp: new Date(1.78e12 + number * 1000).toISOString(),
      level: "info",
      message,
    });
  });
}

const sumOf = (parts: number[]) => parts.reduce((sum, rows) => sum + rows, 0);

const countOf = (list: Awaited<ReturnType<typeof getPatterns>>, word: string) =>
  list?.patterns
    .filter(({ template }) => template.startsWith(word))
    .reduce((sum, { count }) => sum + count, 0);

describe("the patterns of an episode", () => {
  test("have exact counts that add up to its rows, hot, half archived and archived", async () => {
    const episodeId = newEpisodeId("shaped");
    await uploadLines(scope, episodeId, shapedLines(1000), { settings });
    const expectExact = async () => {
      const list = await getPatterns(scope, episodeId, everyRow);
      expect(patternList.parse(JSON.parse(JSON.stringify(list)))).toEqual(list);
      expect(list).toMatchObject({ rows: 1000, other: 0, exact: true, note: null });
      expect(list?.patterns.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(1000);
      expect([countOf(list, "Upload"), countOf(list, "Loaded"), countOf(list, "Heartbeat")]).toEqual([
        100, 400, 500,
      ]);
      return list;
    };
    const hot = await expectExact();
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    expect((await getEpisode(scope, episodeId))?.hot).toBeGreaterThan(0);
    const half = await expectExact();
    await archiveEpisode(scope, episodeId, everything);
    expect((await getEpisode(scope, episodeId))?.hot).toBe(0);
    const archived = await expectExact();
    const ids = (list: typeof hot) => list?.patterns.map(({ id }) => id).sort();
    expect(ids(half)).toEqual(ids(hot));
    expect(ids(archived)).toEqual(ids(hot));
  });

  test("say where each was seen first", async () => {
    const episodeId = newEpisodeId("first");
    const late = JSON.stringify({ level: "error", message: "Out of memory on node 7" });
    await uploadLines(scope, episodeId, [...shapedLines(500), late, ...shapedLines(200)], { settings });
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    const list = await getPatterns(scope, episodeId, everyRow);
    const found = list?.patterns.find(({ template }) => template.startsWith("Out of memory"));
    expect(found).toMatchObject({ count: 1, first: { sequence: "500" } });
    expect(Number(found?.last.sequence)).toBeGreaterThanOrEqual(500);
  });

  test("say of which levels they are and where along the episode they stand, hot and archived alike", async () => {
    const episodeId = newEpisodeId("course");
    const lines = shapedLines(800).map((line, n) =>
      n >= 600
        ? JSON.stringify({ ...JSON.parse(line), message: "Disk is full", level: n % 2 ? "error" : "warn" })
        : line,
    );
    await uploadLines(scope, episodeId, lines, { settings });
    const full = async () => {
      const list = await getPatterns(scope, episodeId, everyRow);
      const found = list?.patterns.find(({ template }) => template === "Disk is full");
      expect(found).toMatchObject({
        count: 200,
        levels: { debug: 0, info: 0, warn: 100, error: 100, fatal: 0 },
        first: { sequence: "600", exact: true },
        last: { sequence: "799", at: new Date(1.78e12 + 799_000).toISOString(), exact: true },
      });
      const trend = found?.trend ?? [];
      expect(sumOf(trend)).toBeCloseTo(200, 0);
      // Where a slot reaches over the first row, a part of its rows is drawn before it.
      expect(sumOf(trend.slice(0, 28))).toBe(0);
      return found;
    };
    await full();
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    await full();
    await archiveEpisode(scope, episodeId, everything);
    await full();
  });

  test("that begin in the last part of an episode are new", async () => {
    const episodeId = newEpisodeId("late");
    const late = JSON.stringify({ level: "error", message: "Out of memory on node 7" });
    await uploadLines(scope, episodeId, [...shapedLines(500), late], { settings });
    const list = await getPatterns(scope, episodeId, everyRow);
    expect(list?.newSince).toEqual({ kind: "part", percent: 10 });
    expect(list?.patterns.filter(({ isNew }) => isNew).map(({ template }) => template)).toEqual([
      "Out of memory on node <*>",
    ]);
  });

  test("that the same task did not write in the run before are new", async () => {
    const workflowDefinitionId = newEpisodeId("workflow");
    const [before, now] = [newEpisodeId("before"), newEpisodeId("now")];
    for (const [episodeId, daysAgo] of [
      [before, 2],
      [now, 1],
    ] as const) {
      const runId = `run of ${episodeId}`;
      const task = newTaskOf(runId, "align", { logRef: episodeId });
      const createdAt = new Date(Date.now() - daysAgo * 86_400_000);
      await createRuns(scope, [newRunOf(runId, [task], { workflowDefinitionId, createdAt })]);
      const extra = JSON.stringify({ level: "fatal", message: "Out of memory while sorting" });
      const lines = episodeId === now ? [extra, ...shapedLines(300)] : shapedLines(400);
      const producer = { kind: "run_task" as const, runId, taskId: task._id };
      await uploadLines(scope, episodeId, lines, { settings: { ...settings, producer } });
      await archiveEpisode(scope, episodeId, everything);
    }
    const list = await getPatterns(scope, now, everyRow);
    expect(list?.newSince).toMatchObject({ kind: "run", runId: `run of ${before}`, episodeId: before });
    expect(list?.patterns.filter(({ isNew }) => isNew).map(({ count }) => count)).toEqual([1]);
    // Nothing came before the first one, so only its last part is looked at.
    expect(await getPatterns(scope, before, everyRow)).toMatchObject({ newSince: { kind: "part" } });
  });

  test("with a query are those of the hits", async () => {
    const episodeId = newEpisodeId("asked");
    await uploadLines(scope, episodeId, shapedLines(1000), { settings });
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    const list = await getPatterns(scope, episodeId, parseQuery({ text: "failed" }));
    expect(list).toMatchObject({ rows: 100, exact: true });
    expect(list?.patterns).toHaveLength(1);
  });

  test("count chunks without templates as rows that were not looked at, and say so", async () => {
    const episodeId = newEpisodeId("old");
    await uploadLines(scope, episodeId, shapedLines(900), { settings });
    await archiveEpisode(scope, episodeId, everything);
    await scoped(scope)
      .collection(logChunkIndex)
      .updateOne({ episodeId, chunkNumber: 1 }, { $unset: { templates: "", otherTemplates: "" } });
    const list = await getPatterns(scope, episodeId, everyRow);
    expect(list).toMatchObject({ rows: 900, other: 300, exact: false, note: "300 rows were not looked at." });
  });

  test("of another workspace's episode are none", async () => {
    const episodeId = newEpisodeId("foreign");
    await uploadLines(scope, episodeId, shapedLines(10));
    expect(await getPatterns(await memberScope("owner"), episodeId, everyRow)).toBeNull();
  });
});
