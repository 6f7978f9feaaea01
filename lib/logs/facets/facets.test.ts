import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { everything, flipOneBit } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { getEpisode } from "../queries";
import { readFilteredPage } from "../read/search";
import { parseQuery } from "../search/query";
import { getFacets } from "./facets";
import { facetList } from "./schema";

testDatabase();
testMongo();
const objects = testObjects();

/** Behind an answer means soon, on a busy machine as well. */
const patience = { timeout: 20_000, interval: 100 };
const settings = { chunkSize: 300, archiveThreshold: 300, keepHot: 250 };
let scope: WorkspaceScope;
beforeAll(async () => {
  scope = await memberScope("viewer");
});

/** Rows whose fields follow from their number. */
const lines = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => {
    const n = first + index;
    return JSON.stringify({
      timestamp: new Date(1.78e12 + n * 1000).toISOString(),
      message: `row ${n}`,
      node: `gpu-${n % 4}`,
      exitCode: n % 3,
      traceId: `trace-${n}`,
      labels: { app: n % 2 === 0 ? "api" : "web" },
      ...(n % 5 === 0 && { model: "small" }),
    });
  });

const everyCount = {
  node: { "gpu-0": 250, "gpu-1": 250, "gpu-2": 250, "gpu-3": 250 },
  model: { small: 200 },
  "labels.app": { api: 500, web: 500 },
  exitCode: { "0": 334, "1": 333, "2": 333 },
};

const countsOf = (list: Awaited<ReturnType<typeof getFacets>>) =>
  Object.fromEntries(
    (list?.facets ?? []).map(({ path, values }) => [
      path,
      Object.fromEntries(values.map(({ value, count }) => [value, count])),
    ]),
  );

describe("the facets of an episode", () => {
  test("count its rows exactly, hot, half archived and archived, and each count is what its query finds", async () => {
    const episodeId = newEpisodeId("facets");
    await uploadLines(scope, episodeId, lines(1000), { settings });
    const expectExact = async () => {
      const list = await getFacets(scope, episodeId);
      expect(facetList.parse(JSON.parse(JSON.stringify(list)))).toEqual(list);
      expect(countsOf(list)).toEqual(everyCount);
      expect(list).toMatchObject({ rows: 1000, counted: 1000, counting: false });
      expect(list?.facets.every(({ other, uncounted }) => other === 0 && uncounted === 0)).toBe(true);
      return list;
    };
    await expectExact();
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    expect((await getEpisode(scope, episodeId))?.hot).toBeGreaterThan(0);
    await expectExact();
    await archiveEpisode(scope, episodeId, everything);
    const list = await expectExact();
    expect(list?.chunks.counted).toBe(list?.chunks.total);
    for (const [path, value] of [
      ["labels.app", "web"],
      ["exitCode", "2"],
      ["model", "small"],
    ] as const) {
      const filter = parseQuery({ metadata: [{ path, op: "eq", value }] });
      const page = await readFilteredPage(scope, episodeId, {
        from: "0",
        direction: "forward",
        limit: 1000,
        filter,
      });
      expect(page?.rows).toHaveLength(countsOf(list)[path]?.[value] ?? -1);
    }
  });

  test("go on with the rows that come, without counting the settled ones again", async () => {
    const episodeId = newEpisodeId("growing");
    await uploadLines(scope, episodeId, lines(5_200));
    const before = await getFacets(scope, episodeId);
    await uploadLines(scope, episodeId, lines(400, 5_200));
    const after = await getFacets(scope, episodeId);
    expect(countsOf(before)).toMatchObject({ node: { "gpu-0": 1300 } });
    expect(countsOf(after)).toMatchObject({ node: { "gpu-0": 1400, "gpu-3": 1400 } });
    expect(after).toMatchObject({ rows: 5_600, counted: 5_600 });
  });

  test("say which chunks nobody counted, count them behind the answer, and keep what was counted", async () => {
    const episodeId = newEpisodeId("old");
    await uploadLines(scope, episodeId, lines(900), { settings });
    await archiveEpisode(scope, episodeId, everything);
    const indexes = scoped(scope).collection(logChunkIndex);
    await indexes.updateMany(
      { episodeId, chunkNumber: { $lte: 1 } },
      { $unset: { facets: "", slotWidth: "", templates: "", otherTemplates: "" } },
    );
    const first = await getFacets(scope, episodeId);
    expect(first).toMatchObject({
      rows: 900,
      counted: 300,
      chunks: { total: 3, counted: 1 },
      counting: true,
    });
    expect(first?.facets.find(({ path }) => path === "node")).toMatchObject({ rows: 300, uncounted: 600 });
    const whole = await vi.waitUntil(async () => {
      const list = await getFacets(scope, episodeId);
      return list?.counted === 900 ? list : null;
    }, patience);
    expect(countsOf(whole)).toMatchObject({ node: { "gpu-0": 225 }, model: { small: 180 } });
    expect(whole.chunks).toEqual({ total: 3, counted: 3 });
    expect(await indexes.countDocuments({ episodeId, recount: { $exists: true } })).toBe(2);
  });

  test("never take a part of a damaged chunk for the whole", async () => {
    const episodeId = newEpisodeId("damaged");
    await uploadLines(scope, episodeId, lines(300), { settings });
    await archiveEpisode(scope, episodeId, everything);
    const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId });
    await flipOneBit(join(objects.directory, chunk?.src ?? ""));
    await scoped(scope)
      .collection(logChunkIndex)
      .updateMany({ episodeId }, { $unset: { facets: "" } });
    expect(await getFacets(scope, episodeId)).toMatchObject({ counted: 0, counting: true });
    await vi.waitUntil(async () => (await getFacets(scope, episodeId))?.counting === false, patience);
    expect(await getFacets(scope, episodeId)).toMatchObject({ rows: 300, counted: 0, facets: [] });
  });

  test("of another workspace's episode are none", async () => {
    const episodeId = newEpisodeId("foreign");
    await uploadLines(scope, episodeId, lines(10));
    expect(await getFacets(await memberScope("owner"), episodeId)).toBeNull();
  });
});
