import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import {
  logLines,
  messagesOf,
  newEpisodeId,
  numbersOf,
  range,
  uploadLines,
  walkEpisode,
} from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { endEpisode } from "./episodes";
import { logLevels } from "./level";
import { getEpisode, getEpisodeOverview, getLogEntry, listEpisodes, readLogPage } from "./queries";
import { readFilteredPage } from "./read/search";
import { type LogFilter, type LogPage, type LogRow, logPage } from "./schema";

testDatabase();
testMongo();
testObjects();

const none: LogFilter = { levels: [], text: "" };
const rowCount = 3500;
const lines = logLines(rowCount);

/** The same rows three times: all in MongoDB, all in the archive, and the seam in the middle. */
const places = ["hot", "archived", "half archived"] as const;
const episodes = new Map<string, string>();
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
  for (const place of places) {
    const episodeId = newEpisodeId(place.replace(" ", "-"));
    episodes.set(place, episodeId);
    await uploadLines(scope, episodeId, lines, {
      settings: { chunkSize: 1300, archiveThreshold: 1000, keepHot: 1750 },
    });
    if (place === "archived")
      await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
    if (place === "half archived") await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
  }
});

const idOf = (place: string) => episodes.get(place) ?? "";

async function read(place: string, request: Partial<Parameters<typeof readLogPage>[2]>): Promise<LogPage> {
  const page = await readLogPage(scope, idOf(place), {
    from: "0",
    direction: "forward",
    limit: 200,
    filter: none,
    ...request,
  });
  if (!page) throw new Error("There is no such episode");
  return logPage.parse(page);
}

/** All rows a filter finds, page by page. */
async function findAll(
  place: string,
  filter: Partial<LogFilter>,
  direction: "forward" | "backward",
  limit = 100,
) {
  const found: LogRow[] = [];
  let from: string | null = direction === "forward" ? "0" : String(rowCount + 10);
  while (from !== null) {
    const page: LogPage = await read(place, { from, direction, limit, filter: { ...none, ...filter } });
    if (direction === "forward") found.push(...page.rows);
    else found.unshift(...page.rows);
    from = page.next;
  }
  return found;
}

const levelOf = (index: number) => JSON.parse(lines[index] ?? "{}").level;

test("the seam of the half archived episode lies where it should", async () => {
  expect(await getEpisode(scope, idOf("half archived"))).toMatchObject({
    archivedThrough: "1749",
    hot: 1750,
  });
});

describe.each(places)("rows that are %s", (place) => {
  test("are the lines that came, each once, in order, forward and backward", async () => {
    for (const direction of ["forward", "backward"] as const) {
      const rows = await walkEpisode(scope, idOf(place), { limit: 333, direction });
      expect(numbersOf(rows)).toEqual(range(rowCount));
      expect(messagesOf(rows)).toEqual(range(rowCount).map((n) => `line ${n}`));
    }
  });

  test("come from any place, with the number of rows that was asked for", async () => {
    const page = await read(place, { from: "1700", limit: 100 });
    expect(numbersOf(page.rows)).toEqual(range(100, 1700));
    expect(page).toMatchObject({ next: "1800", searchedTo: null, nextSequenceNumber: "3500" });
    expect(page.rows[0]).toEqual({
      kind: "entry",
      seq: "1700",
      at: new Date(Date.parse("2026-11-20T08:00:00.000Z") + 17_000).toISOString(),
      level: levelOf(1700),
      message: "line 1700",
      cut: false,
      source: "part-2",
      tier: place === "hot" ? "hot" : "cold",
    });
    const back = await read(place, { from: "1800", direction: "backward", limit: 100 });
    expect(numbersOf(back.rows)).toEqual(range(100, 1701));
    expect(back.next).toBe("1700");
  });

  test("end where the episode ends", async () => {
    expect(await read(place, { from: "3450" })).toMatchObject({ next: null, rows: { length: 50 } });
    expect(await read(place, { from: "3500" })).toMatchObject({ next: null, rows: [] });
    expect(await read(place, { from: "9223372036854775807" })).toMatchObject({ next: null, rows: [] });
    const last = await read(place, { from: "9223372036854775807", direction: "backward", limit: 10 });
    expect(numbersOf(last.rows)).toEqual(range(10, 3490));
    expect(await read(place, { from: "5", direction: "backward" })).toMatchObject({
      next: null,
      rows: { length: 6 },
    });
  });

  test("come from around a row, and go on from there both ways", async () => {
    const page = await read(place, { from: "1750", direction: "around", limit: 101 });
    expect(numbersOf(page.rows)).toEqual(range(101, 1700));
    expect(page).toMatchObject({ previous: "1699", next: "1801" });
    const first = await read(place, { from: "3", direction: "around", limit: 20 });
    expect(numbersOf(first.rows)).toEqual(range(20));
    expect(first.previous).toBeNull();
    const last = await read(place, { from: "9000", direction: "around", limit: 20 });
    expect(numbersOf(last.rows)).toEqual(range(11, 3489));
    const filter = { levels: ["fatal" as const] };
    const filtered = await read(place, { from: "1751", direction: "around", limit: 6, filter });
    const fatal = range(rowCount).filter((n) => levelOf(n) === "fatal");
    expect(numbersOf(filtered.rows)).toEqual([
      ...fatal.filter((n) => n < 1751).slice(-3),
      ...fatal.filter((n) => n >= 1751).slice(0, 3),
    ]);
    expect(Number(filtered.previous)).toBeLessThan(numbersOf(filtered.rows)[0] ?? 0);
  });

  test.each(["forward", "backward"] as const)("are filtered by level, exactly, %s", async (direction) => {
    const found = await findAll(place, { levels: ["error", "fatal"] }, direction);
    expect(numbersOf(found)).toEqual(range(rowCount).filter((n) => ["error", "fatal"].includes(levelOf(n))));
  });

  test.each(["forward", "backward"] as const)(
    "are found by text in message or metadata, %s",
    async (direction) => {
      expect(numbersOf(await findAll(place, { text: "LINE 34" }, direction))).toEqual(
        range(rowCount).filter((n) => `line ${n}`.includes("line 34")),
      );
      const inMetadata = await findAll(
        place,
        { text: '"source":"part-1"', levels: ["warn"] },
        direction,
        1000,
      );
      expect(numbersOf(inMetadata)).toEqual(
        range(rowCount).filter((n) => n % 3 === 1 && levelOf(n) === "warn"),
      );
    },
  );

  test("text is taken as it stands: no pattern, no operator", async () => {
    expect(await findAll(place, { text: ".*" }, "forward")).toEqual([]);
    expect(await findAll(place, { text: "$where" }, "forward")).toEqual([]);
  });

  test("a row by its number is the same wherever it lies", async () => {
    expect(await getLogEntry(scope, idOf(place), 1234n)).toMatchObject({
      seq: "1234",
      message: "line 1234",
      metadataText: '{"source":"part-1","number":1234}',
      flags: [],
    });
    expect(await getLogEntry(scope, idOf(place), 3500n)).toBeNull();
    expect(await getLogEntry(scope, idOf(place), -1n)).toBeNull();
  });

  test("the overview adds up to the counts of the episode, however many slices", async () => {
    const episode = await getEpisode(scope, idOf(place));
    for (const buckets of [1, 7, 4000]) {
      const overview = await getEpisodeOverview(scope, idOf(place), buckets);
      expect(overview?.buckets.length).toBeLessThanOrEqual(buckets);
      for (const level of logLevels) {
        const sum = overview?.buckets.reduce((total, bucket) => total + bucket.levels[level], 0);
        expect(sum).toBe(episode?.levels[level]);
      }
      expect(overview?.buckets[0]?.from).toBe("0");
      expect(overview?.buckets.at(-1)?.to).toBe("3499");
      expect(overview?.gaps).toEqual([]);
    }
  });
});

test.each(places)(
  "a search that costs too much answers with what it has and goes on from there: %s",
  async (place) => {
    const filter = { levels: [], text: "line 3499" };
    const budget = { rowsRead: 1000, milliseconds: 60_000 };
    const pages: LogPage[] = [];
    let from: string | null = "0";
    while (from !== null) {
      const request = { from, direction: "forward" as const, limit: 10, filter };
      const page = await readFilteredPage(scope, idOf(place), request, budget);
      if (!page) throw new Error("There is no such episode");
      pages.push(page);
      from = page.next;
    }
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.slice(0, -1)) {
      expect(page.rows).toEqual([]);
      expect(page.next).toBe(String(Number(page.searchedTo) + 1));
    }
    expect(pages.at(-1)).toMatchObject({ rows: [{ seq: "3499" }], searchedTo: null });
  },
);

test("a long message is cut in the list, alike hot and archived, and whole in the drawer", async () => {
  const episodeId = newEpisodeId("long-message");
  const message = `${"ab".repeat(999)}x😀 and more`;
  await uploadLines(scope, episodeId, [JSON.stringify({ message, level: "info" })]);
  const hot = await readLogPage(scope, episodeId, {
    from: "0",
    direction: "forward",
    limit: 1,
    filter: none,
  });
  expect(hot?.rows).toMatchObject([{ cut: true, message: `${"ab".repeat(999)}x` }]);
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
  const cold = await readLogPage(scope, episodeId, {
    from: "0",
    direction: "forward",
    limit: 1,
    filter: none,
  });
  expect(cold?.rows).toEqual(hot?.rows.map((row) => ({ ...row, tier: "cold" })));
  expect(await getLogEntry(scope, episodeId, 0n)).toMatchObject({ message });
});

test("reading a chunk notes it at most once a minute", async () => {
  const episodeId = newEpisodeId("noted");
  await uploadLines(scope, episodeId, logLines(10));
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
  const chunks = scoped(scope).collection(logChunks);
  const access = async () => (await chunks.findOne({ episodeId }))?.lastAccessed.getTime() ?? 0;
  const longAgo = new Date(Date.now() - 120_000);
  await chunks.updateOne({ episodeId }, { $set: { lastAccessed: longAgo } });

  await getLogEntry(scope, episodeId, 1n);
  await expect.poll(access).toBeGreaterThan(longAgo.getTime());
  const noted = await access();
  await walkEpisode(scope, episodeId, { limit: 3 });
  expect(await access()).toBe(noted);
});

test("episodes are listed last written first, found by part of their name, and page by page", async () => {
  const own = await memberScope("viewer");
  for (const name of ["train-one", "train-two", "serve"]) {
    await uploadLines(own, name, logLines(1));
  }
  await endEpisode(own, "train-one");
  const { episodes: all, next } = await listEpisodes(own);
  expect(all.map(({ episodeId }) => episodeId)).toEqual(["serve", "train-two", "train-one"]);
  expect(all[2]).toMatchObject({ ended: true, total: 1 });
  expect(next).toBeNull();
  const { episodes: found } = await listEpisodes(own, { search: "TRAIN" });
  expect(found.map(({ episodeId }) => episodeId)).toEqual(["train-two", "train-one"]);
  for (const search of [".*", "train\u0000", "x".repeat(5000)])
    expect((await listEpisodes(own, { search })).episodes).toEqual([]);
  expect((await listEpisodes(own, { cursor: "no cursor at all" })).episodes).toHaveLength(3);
});

test("an episode of another workspace does not exist", async () => {
  const stranger = await memberScope("owner");
  for (const place of places) {
    const episodeId = idOf(place);
    expect(await getEpisode(stranger, episodeId)).toBeNull();
    expect(
      await readLogPage(stranger, episodeId, { from: "0", direction: "forward", limit: 1, filter: none }),
    ).toBeNull();
    expect(await getLogEntry(stranger, episodeId, 5n)).toBeNull();
    expect(await getEpisodeOverview(stranger, episodeId, 10)).toBeNull();
  }
  expect((await listEpisodes(stranger)).episodes).toEqual([]);
});
