import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import type { ByteRange } from "@/lib/objects/object-store";
import { switchObjectStore } from "@/lib/objects/store";
import { flipOneBit } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, parsedLines, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { type SearchEvent, searchEvent } from "./events";
import { matcherFor } from "./match";
import { type LogQueryInput, parseQuery } from "./query";
import { searchEpisode } from "./search-episode";

testDatabase();
testMongo();
const objects = testObjects();

/** What the object store is asked for, in order. */
class WatchedStore extends DirectoryStore {
  readonly reads: { key: string; range?: ByteRange; at: number }[] = [];
  onRead: () => void = () => {};

  override async get(key: string, range?: ByteRange, options?: { signal?: AbortSignal }) {
    this.reads.push({ key, range, at: performance.now() });
    this.onRead();
    return super.get(key, range, options);
  }
}

const rowCount = 6000;
const lines = logLines(rowCount).map((line, n) => {
  const oddity = n % 1500 === 7 ? { note: `needle${n} "quoted" größe` } : {};
  return JSON.stringify({ ...JSON.parse(line), ...oddity });
});
const places = ["hot", "archived", "half archived"] as const;
const episodes = new Map<string, string>();
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
  for (const place of places) {
    const episodeId = newEpisodeId(place.replace(" ", "-"));
    episodes.set(place, episodeId);
    const settings = { chunkSize: 1000, archiveThreshold: 1000, keepHot: 2500 };
    await uploadLines(scope, episodeId, lines, { settings });
    if (place === "hot") continue;
    await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: place === "archived" });
  }
});

const idOf = (place: string) => episodes.get(place) ?? "";

interface Options {
  limit?: number;
  resume?: string | null;
  signal?: AbortSignal;
}

async function search(
  episodeId: string,
  query: LogQueryInput,
  options: Options = {},
): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  const { limit = 10_000, resume = null, signal = new AbortController().signal } = options;
  for await (const event of searchEpisode(scope, episodeId, parseQuery(query), { limit, resume, signal })) {
    events.push(searchEvent.parse(event));
  }
  return events;
}

const numbersOf = (events: SearchEvent[]) =>
  events.flatMap((event) => (event.type === "rows" ? event.rows.map(({ seq }) => Number(seq)) : []));

function endOf(events: SearchEvent[]) {
  const last = events.at(-1);
  if (last?.type !== "done") throw new Error(`The last event is ${last?.type}`);
  return last;
}

/** The numbers of the lines that a query matches, by looking at each line as it was sent. */
function expected(query: LogQueryInput): number[] {
  const isHit = matcherFor(parseQuery(query));
  const at = new Date(0);
  const matching = parsedLines(lines).flatMap((entry, n) => {
    const { timestamp, level, message, metadata } = entry;
    const metadataText = metadata === undefined ? null : JSON.stringify(metadata);
    const read = {
      seq: BigInt(n),
      at: timestamp ?? at,
      level,
      message,
      metadataText,
      receivedAt: at,
      flags: [],
    };
    return isHit(read) ? [n] : [];
  });
  return matching.toReversed();
}

const queries: Record<string, LogQueryInput> = {
  everything: {},
  "a rare text": { text: "NEEDLE3007" },
  "a text that JSON escapes": { text: 'needle7 "QUOTED" GRÖSS' },
  "text beyond ASCII": { text: "größe" },
  "a quote and nothing else": { text: '" ' },
  "a word": { text: "line 599", mode: "word" },
  "a pattern with a literal": { text: "line 5[0-9]{2}7$", mode: "regex" },
  "a pattern without a literal": { text: "\\b[45]99[0-9]\\b", mode: "regex" },
  "a pattern over the line end": { text: "^\\{.*part-2", mode: "regex" },
  "two levels": { levels: ["error", "fatal"] },
  "a level and a text": { levels: ["fatal"], text: "line 1" },
  "a time range": { time: { from: "2026-11-20T08:00:10Z", to: "2026-11-20T08:00:20Z" } },
  "a metadata value": { metadata: [{ path: "number", op: "eq", value: "4711" }] },
  "a metadata part": { metadata: [{ path: "note", op: "contains", value: "NEEDLE" }] },
  "a metadata key": { metadata: [{ path: "note", op: "exists" }] },
  "a template": { template: "line <*>", metadata: [{ path: "number", op: "eq", value: "12" }] },
  "another metadata value": {
    levels: ["fatal"],
    metadata: [{ path: "source", op: "ne", value: "part-1" }],
  },
  "one of two metadata values": {
    text: "line 59",
    metadata: [
      { path: "source", op: "eq", value: "part-1" },
      { path: "source", op: "eq", value: "part-2" },
    ],
  },
  "no metadata value": { text: "line 59", metadata: [{ path: "note", op: "ne", value: "no needle" }] },
  "templates left out": { without: ["note <*>", "line <*> of <*>"], text: "line 598" },
  "every template left out": { without: ["line <*>"] },
  "nothing there is": { text: "no such text anywhere" },
};

describe.each(places)("a search of rows that are %s", (place) => {
  test.each(Object.keys(queries))("finds exactly what matches, newest first: %s", async (name) => {
    const query = queries[name] ?? {};
    const events = await search(idOf(place), query);
    expect(numbersOf(events)).toEqual(expected(query));
    expect(endOf(events)).toMatchObject({ reason: "complete", resume: null, hits: numbersOf(events).length });
    expect(events[0]).toMatchObject({ type: "plan" });
  });

  test("stops at its limit and goes on from its token, without a repeat or a gap", async () => {
    const query = { levels: ["error" as const, "warn" as const], text: "line" };
    const found: number[] = [];
    let resume: string | null = null;
    let parts = 0;
    do {
      const events: SearchEvent[] = await search(idOf(place), query, { limit: 333, resume });
      found.push(...numbersOf(events));
      const end = endOf(events);
      expect(end.reason).toBe(end.resume === null ? "complete" : "limit");
      resume = end.resume;
      parts++;
    } while (resume !== null);
    expect(found).toEqual(expected(query));
    expect(parts).toBe(Math.ceil(found.length / 333));
  });
});

test("hits are what was expected of them: the tables above find something", () => {
  const found = Object.entries(queries).map(([name, query]) => [name, expected(query).length]);
  expect(Object.fromEntries(found)).toMatchObject({
    "a rare text": 1,
    "a text that JSON escapes": 0,
    "text beyond ASCII": 4,
    "a metadata key": 4,
    "a metadata value": 1,
    "a template": 1,
    "a time range": 1000,
    "nothing there is": 0,
  });
});

test("a token goes on where it stopped although the rows were archived meanwhile", async () => {
  const episodeId = newEpisodeId("moving");
  await uploadLines(scope, episodeId, lines.slice(0, 2000), { settings: { chunkSize: 500 } });
  const first = await search(episodeId, { levels: ["error"] }, { limit: 50 });
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
  const rest = await search(episodeId, { levels: ["error"] }, { resume: endOf(first).resume });
  expect([...numbersOf(first), ...numbersOf(rest)]).toEqual(
    expected({ levels: ["error"] }).filter((n) => n < 2000),
  );
});

test("rows that move to the archive during a search are found once", async () => {
  const episodeId = newEpisodeId("under-way");
  await uploadLines(scope, episodeId, lines, { settings: { chunkSize: 700 } });
  const found: number[] = [];
  const options = { limit: 10_000, signal: new AbortController().signal };
  let archived: Promise<unknown> | null = null;
  for await (const event of searchEpisode(scope, episodeId, parseQuery({ text: "line" }), options)) {
    if (event.type === "rows") found.push(...event.rows.map(({ seq }) => Number(seq)));
    if (event.type === "rows" && found.length > 1500) {
      archived ??= archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
      await archived;
    }
  }
  expect(found).toEqual(range(rowCount).toReversed());
});

test("a token of another search, and one that is none, are refused", async () => {
  const first = await search(idOf("hot"), { text: "line" }, { limit: 5 });
  const { resume } = endOf(first);
  await expect(search(idOf("hot"), { text: "other" }, { resume })).rejects.toThrow("another search");
  await expect(search(idOf("archived"), { text: "line" }, { resume })).rejects.toThrow("another search");
  await expect(search(idOf("hot"), { text: "line" }, { resume: "AAAA" })).rejects.toThrow("no token");
});

test("chunks that cannot hold a hit are not read, and the plan says why", async () => {
  const store = new WatchedStore(objects.directory);
  switchObjectStore(store);
  const to = "2026-11-20T08:00:05Z";
  const events = await search(idOf("archived"), { text: "line", time: { to } });
  expect(events[0]).toMatchObject({
    type: "plan",
    chunks: 6,
    chunksToRead: 1,
    skipped: { time: 5 },
    hotRows: 0,
  });
  expect(new Set(store.reads.map(({ key }) => key)).size).toBe(1);
  expect(endOf(events)).toMatchObject({ objectsRead: store.reads.length, hits: 500 });
  switchObjectStore(new DirectoryStore(objects.directory));
});

test("chunks whose token filter lacks a word are not read, and a search again asks no filter twice", async () => {
  const store = new WatchedStore(objects.directory);
  switchObjectStore(store);
  const query = { text: "needle1507", mode: "word" as const };
  const events = await search(idOf("archived"), query);
  expect(numbersOf(events)).toEqual([1507]);
  const plans = events.filter((event) => event.type === "plan");
  expect(plans[0]).toMatchObject({ chunksToRead: 6, final: false });
  expect(plans.at(-1)).toMatchObject({ chunksToRead: 1, skipped: { bloom: 5 }, final: true });
  const rowsOf = (reads: typeof store.reads) => reads.filter(({ range }) => (range?.length ?? 0) > 4096);
  expect(new Set(rowsOf(store.reads).map(({ key }) => key)).size).toBe(1);
  store.reads.length = 0;
  await search(idOf("archived"), query);
  expect(store.reads).toEqual(rowsOf(store.reads));
  switchObjectStore(new DirectoryStore(objects.directory));
});

test("a search that was cancelled reads no object any more", async () => {
  const store = new WatchedStore(objects.directory);
  switchObjectStore(store);
  const cancelled = new AbortController();
  store.onRead = () => store.reads.length === 2 && cancelled.abort();
  const events = await search(idOf("archived"), { text: "zzz" }, { signal: cancelled.signal });
  expect(endOf(events)).toMatchObject({ reason: "stopped" });
  expect(endOf(events).resume).not.toBeNull();
  expect(store.reads.length).toBeLessThanOrEqual(2);
  switchObjectStore(new DirectoryStore(objects.directory));
});

test("a search that has what it needs reads no further", async () => {
  const store = new WatchedStore(objects.directory);
  switchObjectStore(store);
  const events = await search(idOf("archived"), { text: "line" }, { limit: 10 });
  expect(numbersOf(events)).toEqual(range(10, rowCount - 10).toReversed());
  expect(store.reads).toHaveLength(1);
  switchObjectStore(new DirectoryStore(objects.directory));
});

test("what cannot be read is told as a gap, where it lies, and the rest is found", async () => {
  const episodeId = newEpisodeId("damaged");
  await uploadLines(scope, episodeId, lines.slice(0, 2500), { settings: { chunkSize: 1000 } });
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
  const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId, chunkNumber: 1 });
  await flipOneBit(join(objects.directory, chunk?.src ?? ""));
  const events = await search(episodeId, { text: "line" });
  const told = events.flatMap((event) =>
    event.type === "gap"
      ? [`gap ${event.gap.from}-${event.gap.to} ${event.gap.reason}`]
      : event.type === "rows"
        ? ["rows"]
        : [],
  );
  expect(told.filter((part, index) => part !== told[index - 1])).toEqual([
    "rows",
    "gap 1000-1999 damaged",
    "rows",
  ]);
  expect(numbersOf(events)).toEqual([...range(500, 2000).toReversed(), ...range(1000).toReversed()]);
});

test("an episode of another workspace does not exist", async () => {
  const stranger = await memberScope("owner");
  const options = { limit: 1, signal: new AbortController().signal };
  const events = searchEpisode(stranger, idOf("hot"), parseQuery({}), options);
  await expect(events.next()).rejects.toMatchObject({ code: "not_found" });
});
