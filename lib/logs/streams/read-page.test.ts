import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { everything, flipOneBit } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { everyMergedRow, mergedPage } from "@/lib/testing/streams";
import type { MergedRow } from "./schema";

testDatabase();
testMongo();
const objects = testObjects();

const start = Date.parse("2026-11-20T08:00:00.000Z");
const settings = { chunkSize: 500, archiveThreshold: 100, keepHot: 150 };

/** Milliseconds after the start at which each row of a stream says it was written. */
const written: Record<string, number[]> = {
  // Two that write at the same moments.
  "even-a": times(700, (n) => n * 20),
  "even-b": times(700, (n) => n * 20),
  // Long and dense, over several chunks.
  dense: times(1700, (n) => 3_000 + n * 7),
  // Every ninth row comes two seconds late, and some blocks hold nothing but late rows.
  late: times(900, (n) => (n % 9 === 0 || (n > 400 && n < 650) ? n * 15 - 2_000 : n * 15)),
  // A clock that jumps to 1970 and to 2099 now and then.
  jumping: times(450, (n) => (n % 100 === 40 ? -start : n % 100 === 70 ? 2_300_000_000_000 : n * 30)),
  // A clock that is wrong from the first row on.
  future: times(30, (n) => 2_400_000_000_000 + n),
  brief: [100, 100, 100],
  single: [5_000],
};
/** A stream that begins in the future and comes to itself. */
written.settling = [2_300_000_000_000, 2_300_000_000_500, 40, 60, 20, 80];

const lines = (name: string) =>
  (written[name] ?? []).map((after, n) =>
    JSON.stringify({
      timestamp: new Date(start + after).toISOString(),
      level: n % 10 === 3 ? "error" : n % 10 === 5 ? "warn" : "info",
      message: `${name} row ${n}${n % 97 === 11 ? " needle" : ""}`,
    }),
  );

/** What stands where, told in another way than by the reader: all rows sorted by their key, stream and number. */
function expectedOrder(names: string[], keep: (n: number, name: string) => boolean = () => true): string[] {
  const believed = Date.now() + 86_400_000 - start;
  const rows = names.flatMap((name) => {
    const at = written[name] ?? [];
    const earliest = Math.min(...at);
    const limit = earliest > believed ? Number.POSITIVE_INFINITY : believed;
    return at.map((_, n) => {
      const upToHere = at.slice(0, n + 1).filter((time) => time <= limit);
      return { name, n, key: Math.max(earliest, ...upToHere) };
    });
  });
  rows.sort((a, b) => a.key - b.key || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.n - b.n));
  return rows.filter(({ n, name }) => keep(n, name)).map(({ name, n }) => `${name} ${n}`);
}

const orderOf = (rows: MergedRow[]) =>
  rows.map((row) => `${row.stream} ${row.kind === "entry" ? row.seq : `${row.from}-${row.to}`}`);
const names = Object.keys(written);
let scope: WorkspaceScope;

/** Some streams in MongoDB, some archived, some on the seam. */
async function filledWorkspace(): Promise<WorkspaceScope> {
  const owner = await memberScope("owner");
  for (const name of names) await uploadLines(owner, name, lines(name), { settings });
  for (const name of ["even-b", "jumping", "brief"]) await archiveEpisode(owner, name, everything);
  for (const name of ["dense", "late"]) {
    await archiveEpisode(owner, name, { trigger: "on_demand", everything: false });
  }
  return owner;
}

beforeAll(async () => {
  scope = await filledWorkspace();
});

describe("streams read as one", () => {
  test.each(["forward", "backward"] as const)(
    "going %s every row stands once in its place",
    async (direction) => {
      const rows = await everyMergedRow(scope, { direction, limit: 137 });
      expect(orderOf(rows)).toEqual(expectedOrder(names));
      expect(rows.filter((row) => row.kind === "entry" && row.tier === "cold").length).toBeGreaterThan(1500);
      expect(rows.filter((row) => row.kind === "entry" && row.tier === "hot").length).toBeGreaterThan(1000);
    },
  );

  test("from any row on, in either direction, the order goes on where it stood", async () => {
    const order = expectedOrder(names);
    const rows = await everyMergedRow(scope, { direction: "forward", limit: 500 });
    for (let n = 0; n < rows.length; n += 311) {
      const from = rows[n]?.place ?? "";
      const before = await mergedPage(scope, { from, direction: "backward", limit: 40 });
      expect(orderOf(before.rows)).toEqual(order.slice(Math.max(0, n - 40), n));
      const behind = await mergedPage(scope, { from, direction: "forward", limit: 40 });
      expect(orderOf(behind.rows)).toEqual(order.slice(n + 1, n + 41));
    }
  });

  test("a time leads to the rows around it, and the page goes on both ways", async () => {
    const from = new Date(start + 6_000).toISOString();
    const page = await mergedPage(scope, { from, direction: "around", limit: 60 });
    const order = expectedOrder(names);
    const first = order.indexOf(orderOf(page.rows)[0] ?? "");
    expect(orderOf(page.rows)).toEqual(order.slice(first, first + 60));
    expect(page.rows.slice(0, 30).every((row) => row.stands < start + 6_000)).toBe(true);
    expect(page.rows.slice(30).every((row) => row.stands >= start + 6_000)).toBe(true);
    const older = await mergedPage(scope, { from: page.older, direction: "backward", limit: 10 });
    expect(orderOf(older.rows)).toEqual(order.slice(first - 10, first));
    const newer = await mergedPage(scope, { from: page.newer, direction: "forward", limit: 10 });
    expect(orderOf(newer.rows)).toEqual(order.slice(first + 60, first + 70));
  });

  test("a row leads to a page with itself in the middle", async () => {
    const order = expectedOrder(names);
    const rows = await everyMergedRow(scope, { direction: "forward", limit: 500 });
    for (const n of [0, 1, 700, 2100, rows.length - 1]) {
      const page = await mergedPage(scope, { from: rows[n]?.place ?? "", direction: "around", limit: 20 });
      expect(orderOf(page.rows)).toEqual(order.slice(Math.max(0, n - 10), n + 10));
    }
  });

  test("some streams are read without the others", async () => {
    const only = ["dense", "late"];
    const some = { runId: null, only, without: [] };
    expect(orderOf(await everyMergedRow(scope, { set: some, direction: "backward", limit: 400 }))).toEqual(
      expectedOrder(only),
    );
    const rest = { runId: null, only: [], without: only };
    expect(orderOf(await everyMergedRow(scope, { set: rest, direction: "forward", limit: 400 }))).toEqual(
      expectedOrder(names.filter((name) => !only.includes(name))),
    );
  });

  test.each(["forward", "backward"] as const)(
    "going %s in steps that cost little loses no row",
    async (direction) => {
      const budget = { milliseconds: 0, rowsRead: 0 };
      const rows = await everyMergedRow(scope, { direction, limit: 300 }, { budget });
      expect(orderOf(rows)).toEqual(expectedOrder(names));
    },
  );
});

describe("a query over many streams", () => {
  test.each(["forward", "backward"] as const)(
    "going %s it finds each hit once, in order",
    async (direction) => {
      const found = async (query: object, budget?: { milliseconds: number; rowsRead: number }) =>
        orderOf(await everyMergedRow(scope, { direction, limit: 70, query }, { budget }));
      const needles = expectedOrder(names, (n) => n % 97 === 11);
      expect(await found({ text: "needle" })).toEqual(needles);
      expect(await found({ text: "needle", mode: "word" }, { milliseconds: 0, rowsRead: 0 })).toEqual(
        needles,
      );
      expect(await found({ levels: ["error"] })).toEqual(expectedOrder(names, (n) => n % 10 === 3));
      const to = new Date(start + 9_000).toISOString();
      const from = new Date(start + 4_000).toISOString();
      expect(await found({ levels: ["warn"], time: { from, to } })).toEqual(
        expectedOrder(names, (n, name) => {
          const at = written[name]?.[n] ?? 0;
          return n % 10 === 5 && at >= 4_000 && at < 9_000;
        }),
      );
    },
  );
});

test("nothing is looked at before the first moment that is wanted", async () => {
  const time = { from: new Date(start + 9_000).toISOString(), to: null };
  const page = await mergedPage(scope, {
    from: new Date(start + 8_000).toISOString(),
    direction: "backward",
    query: { time, text: "row" },
  });
  expect(page).toMatchObject({ rows: [], reachesStart: true, streamsRead: 0, rowsRead: 0 });
});

test("rows that move to the archive while somebody reads them keep their place", async () => {
  const owner = await memberScope("owner");
  const moving = ["dense", "late", "even-a"];
  for (const name of moving) await uploadLines(owner, name, lines(name), { settings });
  const next = moving.map((name) => async () => {
    await archiveEpisode(owner, name, { trigger: "on_demand", everything: false });
    await archiveEpisode(owner, name, everything);
  });
  let pages = 0;
  const between = async () => {
    if (++pages % 4 === 0) await next.shift()?.();
  };
  const rows = await everyMergedRow(owner, { direction: "backward", limit: 200 }, { between });
  expect(next).toEqual([]);
  expect(orderOf(rows)).toEqual(expectedOrder(moving));
});

test("what cannot be read stands in its place with its reason, and the rest reads on", async () => {
  const owner = await memberScope("owner");
  for (const name of ["even-a", "even-b"]) {
    await uploadLines(owner, name, lines(name), { settings });
    await archiveEpisode(owner, name, everything);
  }
  await flipOneBit(join(objects.directory, (await chunkAt(owner, "even-b", 0)).src));
  const rows = await everyMergedRow(owner, { direction: "forward", limit: 90 });
  const gaps = rows.filter((row) => row.kind === "gap");
  expect(new Set(gaps.map(({ reason, stream }) => `${stream} ${reason}`))).toEqual(
    new Set(["even-b damaged"]),
  );
  const missing = gaps.reduce((sum, { from, to }) => sum + Number(to) - Number(from) + 1, 0);
  expect(missing).toBeGreaterThan(0);
  expect(rows.filter((row) => row.kind === "entry")).toHaveLength(1400 - missing);
  expect(orderOf(rows.filter(({ stream }) => stream === "even-a"))).toEqual(expectedOrder(["even-a"]));
});

test("another workspace sees none of it", async () => {
  const stranger = await memberScope("owner");
  const page = await mergedPage(stranger, { from: "end", direction: "backward" });
  expect(page).toMatchObject({ rows: [], reachesStart: true });
  const named = { runId: null, only: ["dense"], without: [] };
  expect((await mergedPage(stranger, { set: named })).rows).toEqual([]);
});

function times(count: number, at: (n: number) => number): number[] {
  return Array.from({ length: count }, (_, n) => at(n));
}
