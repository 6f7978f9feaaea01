import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { seededRandom } from "@/lib/seeded-random";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { noCounts } from "../episode-summary";
import { type LevelCounts, type LogLevel, logLevels } from "../level";
import { readCount, readHistogram } from "./histogram";
import { type HistogramRequestInput, type LogHistogram, logHistogram, rowCount } from "./schema";

testDatabase();
testMongo();
testObjects();

/** Mostly one second apart, every tenth somewhere else, and a few of another century. */
const random = seededRandom("times");
const start = Date.parse("2026-11-20T08:00:00.000Z");
const strange = ["1970-01-01T00:00:00.000Z", "2099-12-31T23:59:59.999Z"];
const rows = range(4000).map((n) => {
  const jump = n % 10 === 3 ? random.whole(-300_000, 300_000) : 0;
  const stray = n % 1999 === 5 ? strange[n % 2] : undefined;
  const timestamp = stray ?? new Date(start + n * 1000 + jump).toISOString();
  return { timestamp, level: random.pick(logLevels), message: `line ${n}` };
});
const lines = rows.map((row) => JSON.stringify(row));

const places = ["hot", "archived", "half archived", "archived without buckets"] as const;
const episodes = new Map<string, string>();
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
  for (const place of places) {
    const episodeId = newEpisodeId("timed");
    episodes.set(place, episodeId);
    const settings = { chunkSize: 1100, archiveThreshold: 1000, keepHot: 1750 };
    await uploadLines(scope, episodeId, lines, { settings });
    if (place === "hot") continue;
    await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: place !== "half archived" });
  }
  // What a chunk of the first format looks like to a reader.
  const index = scoped(scope).collection(logChunkIndex);
  await index.updateMany({ episodeId: idOf("archived without buckets") }, { $unset: { histogram: "" } });
});

const idOf = (place: string) => episodes.get(place) ?? "";

function levelsBetween(from: number, to: number): LevelCounts {
  const counts = noCounts();
  for (const { timestamp, level } of rows) {
    const at = Date.parse(timestamp);
    if (at >= from && at < to) counts[level]++;
  }
  return counts;
}

const sum = (levels: LevelCounts) => logLevels.reduce((total, level) => total + levels[level], 0);

async function histogramOf(episodeId: string, request: HistogramRequestInput) {
  const read = await readHistogram(scope, episodeId, { from: null, to: null, bars: 100, ...request });
  return logHistogram.parse(read);
}

function totalOf({ bars, before, after }: LogHistogram): number {
  return bars.reduce((total, { levels }) => total + sum(levels), 0) + sum(before) + sum(after);
}

describe.each(places)("the histogram of rows that are %s", (place) => {
  test.each<[string, HistogramRequestInput]>([
    ["the whole episode", {}],
    ["an hour", { from: "2026-11-20T08:00:00Z", to: "2026-11-20T09:00:00Z" }],
    [
      "a range that begins and ends anywhere",
      { from: "2026-11-20T08:07:13.417Z", to: "2026-11-20T08:19:59.001Z", bars: 37 },
    ],
    [
      "a second, finer than any count",
      { from: "2026-11-20T08:30:00Z", to: "2026-11-20T08:30:01Z", bars: 10 },
    ],
    ["one bar", { bars: 1 }],
  ])("adds up to every row, each in its bar: %s", async (_name, request) => {
    const histogram = await histogramOf(idOf(place), request);
    expect(histogram.bars.length).toBeLessThanOrEqual(request.bars ?? 100);
    expect(totalOf(histogram)).toBe(rows.length);
    expect(histogram.total).toBe(rows.length);
    expect(histogram.blurred).toBe(0);
    for (const bar of histogram.bars) {
      const from = Date.parse(bar.start);
      expect(bar.levels).toEqual(levelsBetween(from, from + histogram.widthMs));
      expect(bar.hot + bar.cold).toBe(sum(bar.levels));
    }
  });

  test("counts of a time range are those of its rows, to the millisecond", async () => {
    for (const [from, to] of [
      ["2026-11-20T08:10:00.500Z", "2026-11-20T08:40:00.501Z"],
      [null, "2026-11-20T08:00:30Z"],
      ["2026-11-20T08:59:00Z", null],
    ] as const) {
      const wanted: LogLevel[] = ["error", "fatal"];
      const counted = rowCount.parse(
        await readCount(scope, idOf(place), { levels: wanted, time: { from, to } }),
      );
      const all = levelsBetween(from ? Date.parse(from) : 0, to ? Date.parse(to) : Number.POSITIVE_INFINITY);
      expect(counted).toMatchObject({ exact: true, total: all.error + all.fatal });
      expect(counted.levels).toEqual({ ...noCounts(), error: all.error, fatal: all.fatal });
    }
  });

  test("counts without a time are those of the episode", async () => {
    const counted = await readCount(scope, idOf(place), { levels: [], time: { from: null, to: null } });
    expect(counted).toMatchObject({ total: rows.length, exact: true });
  });
});

test.each(places)(
  "a few times of another century are counted outside when that is asked for: %s",
  async (place) => {
    const histogram = await histogramOf(idOf(place), { strays: "out" });
    const strays = rows.filter(({ timestamp }) => strange.includes(timestamp)).length;
    expect(sum(histogram.before) + sum(histogram.after)).toBe(strays);
    expect(totalOf(histogram)).toBe(rows.length);
    expect(histogram.bars.length).toBeGreaterThan(30);
    expect(histogram.widthMs).toBeLessThan(600_000);
  },
);

test("many far away times are no mistakes: the axis holds them all", async () => {
  const episodeId = newEpisodeId("twice");
  const later = logLines(40).map((line) => line.replace("2026-11-20", "2027-11-20"));
  await uploadLines(scope, episodeId, [...logLines(500), ...later]);
  const histogram = await histogramOf(episodeId, { strays: "out" });
  expect(sum(histogram.before) + sum(histogram.after)).toBe(0);
  expect(histogram.total).toBe(540);
});

test("the tiers of the half archived episode meet where its archive ends", async () => {
  const { bars } = await histogramOf(idOf("half archived"), {
    from: "2026-11-20T08:00:00Z",
    to: "2026-11-20T09:06:40Z",
  });
  const cold = bars.reduce((total, bar) => total + bar.cold, 0);
  const hot = bars.reduce((total, bar) => total + bar.hot, 0);
  expect({ cold: cold > 2000, hot: hot > 1500 }).toEqual({ cold: true, hot: true });
  expect(bars[0]?.hot).toBe(0);
  expect(bars.at(-1)?.cold).toBe(0);
});

test("every histogram taken while rows come in and are archived is complete", async () => {
  const episodeId = newEpisodeId("busy");
  await uploadLines(scope, episodeId, logLines(500), { settings: { chunkSize: 300, keepHot: 100 } });
  let done = false;
  const writer = (async () => {
    for (const part of range(6)) {
      await uploadLines(scope, episodeId, logLines(300, 500 + part * 300));
      await archiveEpisode(scope, episodeId, everything);
    }
    done = true;
  })();
  let taken = 0;
  while (!done || taken === 0) {
    const histogram = await histogramOf(episodeId, { bars: 7 });
    expect(totalOf(histogram)).toBe(histogram.total);
    taken++;
  }
  await writer;
  expect(totalOf(await histogramOf(episodeId, { bars: 7 }))).toBe(2300);
});

test("lost chunks are marked where they lie, and their rows stay counted", async () => {
  const episodeId = newEpisodeId("lost");
  await uploadLines(scope, episodeId, logLines(900), { settings: { chunkSize: 300 } });
  await archiveEpisode(scope, episodeId, everything);
  const chunks = scoped(scope).collection(logChunks);
  await chunks.updateOne({ episodeId, chunkNumber: 1 }, { $set: { state: "missing" } });
  const { bars } = await histogramOf(episodeId, { bars: 9 });
  const marked = bars.filter(({ missing }) => missing).map((bar) => bar.start);
  expect(marked).toEqual(bars.slice(3, 6).map((bar) => bar.start));
  expect(bars.map(({ levels }) => sum(levels))).toEqual(Array(9).fill(100));
});

test("an episode without rows has no bars, and one of another workspace does not exist", async () => {
  const stranger = await memberScope("owner");
  const request = { from: null, to: null, bars: 10 };
  expect(await readHistogram(stranger, idOf("hot"), request)).toBeNull();
  expect(await readCount(stranger, idOf("hot"), { levels: [], time: { from: null, to: null } })).toBeNull();
  const episodeId = newEpisodeId("empty");
  await uploadLines(scope, episodeId, []);
  expect(await histogramOf(episodeId, {})).toMatchObject({ bars: [], total: 0 });
});
