import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { findPause, findRowAtTime, readRowValues, valuesRequestFrom } from "./queries";

testDatabase();
testMongo();
testObjects();

const start = Date.parse("2026-11-20T08:00:00.000Z");
/** A row each 10 ms, and before three of them nothing for a while. */
const pauses = new Map([
  [450, 12_400],
  [1200, 3_000],
  [1201, 5_000],
]);

function times(count: number): number[] {
  const result: number[] = [];
  let now = start;
  for (let row = 0; row < count; row++) {
    if (row > 0) now += pauses.get(row) ?? 10;
    result.push(now);
  }
  return result;
}

const at = times(2000);
const lines = at.map((time, row) =>
  JSON.stringify({
    timestamp: new Date(time).toISOString(),
    level: "info",
    message: `line ${row}`,
    user: { id: `u-${row % 7}` },
    "a.b": 9007199254740993n.toString(),
    steps: [{ name: "first" }, { name: `step ${row}` }],
  }),
);

const places = ["hot", "archived", "half archived"] as const;
const episodes = new Map<string, string>();
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
  for (const place of places) {
    const episodeId = newEpisodeId(place.replace(" ", "-"));
    episodes.set(place, episodeId);
    await uploadLines(scope, episodeId, lines, {
      settings: { chunkSize: 700, archiveThreshold: 500, keepHot: 600 },
    });
    if (place === "archived") {
      await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
    }
    if (place === "half archived") await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
  }
});

const idOf = (place: string) => episodes.get(place) ?? "";

describe.each(places)("an episode that is %s", (place) => {
  test("gives the first row at or after any time", async () => {
    for (const row of [0, 1, 199, 200, 449, 450, 1399, 1400, 1999]) {
      const time = at[row] ?? 0;
      const exact = await findRowAtTime(scope, idOf(place), new Date(time));
      expect(exact).toEqual({ seq: String(row), at: new Date(time).toISOString() });
      const earlier = await findRowAtTime(scope, idOf(place), new Date(time - 1));
      expect(earlier?.seq).toBe(String(row));
    }
    expect(await findRowAtTime(scope, idOf(place), new Date((at.at(-1) ?? 0) + 1))).toBeNull();
    expect((await findRowAtTime(scope, idOf(place), new Date(0)))?.seq).toBe("0");
  });

  test("finds every pause, in both directions, and nothing between them", async () => {
    const walk = async (direction: "forward" | "backward", from: bigint) => {
      const found: [string, number][] = [];
      let next: bigint | null = from;
      while (next !== null) {
        const answer = await findPause(scope, idOf(place), { from: next, direction });
        if (!answer) throw new Error("no episode");
        if (answer.found) {
          found.push([answer.found.seq, answer.found.pauseMs]);
          next = BigInt(answer.found.seq) + (direction === "forward" ? 1n : -1n);
        } else next = answer.next === null ? null : BigInt(answer.next);
      }
      return found;
    };
    const all = [...pauses].map(([row, ms]) => [String(row), ms]);
    expect(await walk("forward", 0n)).toEqual(all);
    expect(await walk("backward", 1999n)).toEqual(all.toReversed());
    expect(await walk("forward", 451n)).toEqual(all.slice(1));
  });

  test("gives the values of columns as they are written", async () => {
    const params = new URLSearchParams({ rows: "0-2,1300,1399-1401" });
    for (const path of ["user.id", "steps[1].name", "nothing", "a.b"]) params.append("path", path);
    const { values } = (await readRowValues(scope, idOf(place), valuesRequestFrom(params))) ?? { values: {} };
    for (const row of [0, 1, 2, 1300, 1399, 1400, 1401]) {
      expect(values[row]).toEqual([`u-${row % 7}`, `step ${row}`, null, "9007199254740993"]);
    }
  });
});

test("another workspace finds no place and no value", async () => {
  const stranger = await memberScope("owner");
  const request = valuesRequestFrom(new URLSearchParams({ rows: "0", path: "user.id" }));
  expect(await findRowAtTime(stranger, idOf("hot"), new Date(start))).toBeUndefined();
  expect(await findPause(stranger, idOf("hot"), { from: 0n, direction: "forward" })).toBeNull();
  expect(await readRowValues(stranger, idOf("hot"), request)).toBeNull();
});

test("columns are asked for in bounded portions", () => {
  const ask = (rows: string, path = "a") => valuesRequestFrom(new URLSearchParams({ rows, path }));
  expect(() => ask("0-400")).toThrow("at most 400 rows");
  expect(() => ask("9-3")).toThrow("ascending");
  expect(() => ask("all")).toThrow("ranges of sequence numbers");
  expect(() => ask("1", "a..b")).toThrow("a path looks like");
});
