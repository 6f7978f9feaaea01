import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { everyMergedRow, everyStream } from "@/lib/testing/streams";
import { readMergedHistogram } from "./histogram";
import { getStreamSet } from "./summary";

testDatabase();
testMongo();
testObjects();

const start = Date.parse("2026-11-20T08:00:00.000Z");
const runId = "run-of-three";
let scope: WorkspaceScope;

const lines = (count: number, everyMs: number, from = 0) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      timestamp: new Date(start + from + n * everyMs).toISOString(),
      level: n % 7 === 2 ? "error" : "info",
      message: `row ${n}`,
    }),
  );

beforeAll(async () => {
  scope = await memberScope("owner");
  const settings = { chunkSize: 300, archiveThreshold: 100, keepHot: 130 };
  for (const [name, count, everyMs] of [
    ["first", 900, 1000],
    ["second", 500, 1700],
    ["third", 40, 9000],
  ] as const) {
    const producer = { kind: "run_task" as const, runId, taskId: `task-${name}` };
    await uploadLines(scope, name, lines(count, everyMs), { settings: { ...settings, producer } });
  }
  await uploadLines(scope, "outside", lines(200, 1000, 7_200_000), { settings });
  await archiveEpisode(scope, "second", everything);
  await archiveEpisode(scope, "first", { trigger: "on_demand", everything: false });
});

describe("rows of many streams by time", () => {
  test("of a run every row is in the bar of its time, level and stream", async () => {
    const set = { ...everyStream, runId };
    const histogram = await readMergedHistogram(scope, set, { from: null, to: null, bars: 60 });
    const rows = await everyMergedRow(scope, { set, direction: "forward", limit: 500 });
    expect(rows).toHaveLength(1440);
    expect(histogram).toMatchObject({ rows: 1440, streamCount: 3, blurred: 0, exact: true, leftOut: 0 });
    const counted = histogram.bars.map(() => ({ info: 0, error: 0, groups: [0, 0, 0, 0] }));
    for (const row of rows) {
      if (row.kind !== "entry") continue;
      const bar =
        counted[Math.floor((Date.parse(row.at) - Date.parse(histogram.from ?? "")) / histogram.widthMs)];
      const group = histogram.groups.indexOf(row.stream);
      if (!bar || (row.level !== "info" && row.level !== "error")) throw new Error(`No bar for ${row.at}`);
      bar[row.level] += 1;
      bar.groups[group] = (bar.groups[group] ?? 0) + 1;
    }
    expect(histogram.bars.map(({ levels: { info, error }, groups }) => ({ info, error, groups }))).toEqual(
      counted,
    );
  });

  test("a window counts what lies in it and nothing else", async () => {
    const from = new Date(start + 100_000).toISOString();
    const to = new Date(start + 400_000).toISOString();
    const histogram = await readMergedHistogram(scope, everyStream, { from, to, bars: 30 });
    const inWindow = (await everyMergedRow(scope, { direction: "forward", limit: 500 })).filter(
      (row) => row.kind === "entry" && row.at >= from && row.at < to,
    );
    const perStream = Object.fromEntries(histogram.streams.map(({ name, rows }) => [name, rows]));
    expect(histogram.rows).toBe(inWindow.length);
    expect(perStream).toEqual({ first: 300, second: 177, third: 28 });
  });

  test("of a workspace it is the last hour in which something was written", async () => {
    const histogram = await readMergedHistogram(scope, everyStream, { from: null, to: null, bars: 60 });
    expect(histogram.streams.map(({ name, rows }) => [name, rows])).toEqual([["outside", 200]]);
    expect(Date.parse(histogram.to ?? "")).toBeGreaterThan(start + 7_200_000 + 199_000);
  });

  test("nothing is a chart without bars", async () => {
    const empty = await memberScope("viewer");
    const histogram = await readMergedHistogram(empty, everyStream, { from: null, to: null, bars: 60 });
    expect(histogram).toMatchObject({ bars: [], rows: 0, from: null });
  });
});

describe("what a set of streams holds", () => {
  test("is the sum of its counters, with its streams by name", async () => {
    const summary = await getStreamSet(scope, { ...everyStream, runId }, { listed: true });
    expect(summary).toMatchObject({
      streamCount: 3,
      total: 1440,
      open: 3,
      lastAt: new Date(start + 899_000).toISOString(),
    });
    expect(summary?.levels.error).toBe(129 + 72 + 6);
    expect(summary?.streams.map(({ episodeId, total }) => [episodeId, total])).toEqual([
      ["first", 900],
      ["second", 500],
      ["third", 40],
    ]);
  });

  test("of a run that is another workspace's is nothing at all", async () => {
    const stranger = await memberScope("owner");
    const listed = { listed: true };
    expect(await getStreamSet(stranger, { ...everyStream, runId }, listed)).toBeNull();
    expect(await getStreamSet(stranger, { ...everyStream, runId: "no-such-run" }, listed)).toBeNull();
    expect(await getStreamSet(stranger, everyStream, listed)).toMatchObject({ streamCount: 0, streams: [] });
  });
});
