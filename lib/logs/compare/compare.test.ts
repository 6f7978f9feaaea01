import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { compareEpisodes } from "./compare";
import { findDivergence } from "./divergence";
import { comparison } from "./schema";
import type { TemplateRow } from "./template-stream";

testDatabase();
testMongo();
testObjects();

const settings = { chunkSize: 200, archiveThreshold: 200, keepHot: 100 };
let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
});

/** What one run of a pipeline says: the same steps as any other run, with values of its own. */
function runMessages(seed: number, steps = 150): string[] {
  return Array.from({ length: steps }, (_, step) => [
    `Step ${step} started on node gpu-${(step * seed) % 64}`,
    `Step ${step} read ${step * seed} rows in ${(step * 7 + seed) % 900} ms`,
    `Step ${step} finished`,
  ]).flat();
}

async function store(name: string, messages: string[]): Promise<string> {
  const episodeId = newEpisodeId(name);
  const lines = messages.map((message) => JSON.stringify({ level: "info", message }));
  await uploadLines(scope, episodeId, lines, { settings });
  return episodeId;
}

describe("two runs", () => {
  test("that say the same with other values do not diverge, wherever their rows lie", async () => {
    const [a, b] = [await store("a", runMessages(3)), await store("b", runMessages(11))];
    await archiveEpisode(scope, b, { trigger: "on_demand" });
    const found = await compareEpisodes(scope, a, b);
    expect(comparison.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    expect(found).toMatchObject({
      a: { episodeId: a, rows: 450, other: 0, task: null },
      b: { episodeId: b, rows: 450, other: 0, nextSequenceNumber: "450" },
      onlyA: [],
      onlyB: [],
      exact: true,
      divergence: { kind: "same", equalRows: 450 },
    });
    expect(found?.both.every((template) => template.a === template.b)).toBe(true);
  });

  test("are told apart by what only one says, by counts, and by the row at which they part", async () => {
    const other = runMessages(11);
    other.splice(301, 0, "CUDA out of memory, asked 40 GB", "Retrying step 100 with batch size 8");
    other.push("Step 150 finished");
    const good = [...runMessages(3), "Run succeeded, all shards are there"];
    const [a, b] = [await store("good", good), await store("bad", other)];
    await archiveEpisode(scope, a, everything);
    const found = await compareEpisodes(scope, a, b);
    expect(found?.onlyA).toMatchObject([{ template: "Run succeeded, all shards are there", a: 1, b: 0 }]);
    expect(found?.onlyB.map(({ template }) => template).sort()).toEqual([
      "CUDA out of memory, asked <*> GB",
      "Retrying step <*> with batch size <*>",
    ]);
    expect(found?.both[0]).toMatchObject({ template: "Step <*> finished", a: 150, b: 151 });
    expect(found?.divergence).toEqual({
      kind: "differs",
      equalRows: 301,
      a: { sequence: "301", template: "Step <*> read <*> rows in <*> ms" },
      b: { sequence: "301", template: "CUDA out of memory, asked <*> GB" },
      rejoins: { a: "301", b: "303" },
    });
    const { asOf: _, ...again } = (await compareEpisodes(scope, a, b)) ?? { asOf: "" };
    expect(found).toMatchObject(again);
  });

  test("of which one stops early part at its end", async () => {
    const [a, b] = [await store("whole", runMessages(3)), await store("cut", runMessages(5).slice(0, 200))];
    const found = await compareEpisodes(scope, a, b);
    expect(found?.divergence).toMatchObject({
      kind: "ended",
      equalRows: 200,
      a: { sequence: "200" },
      b: null,
    });
  });

  test("of two workspaces cannot be compared", async () => {
    const own = await store("own", runMessages(3, 5));
    const stranger = await memberScope("owner");
    expect(await compareEpisodes(stranger, own, own)).toBeNull();
    expect(await compareEpisodes(scope, own, newEpisodeId("nowhere"))).toBeNull();
  });
});

describe("the first divergence", () => {
  async function* rows(text: string): AsyncGenerator<TemplateRow> {
    for (const [index, template] of [...text].entries()) yield { sequence: String(index), template };
  }

  test.each([
    ["abcdef", "abcdef", "same", 6, null],
    ["abcdef", "abxcdef", "differs", 2, { a: "2", b: "3" }],
    ["abxxcdef", "abcdef", "differs", 2, { a: "4", b: "2" }],
    ["abxcdef", "abycdef", "differs", 2, { a: "3", b: "3" }],
    ["abc", "xyz", "differs", 0, null],
    ["", "abc", "ended", 0, null],
    ["", "", "same", 0, null],
  ])("of %j and %j: %s after %i rows", async (a, b, kind, equalRows, rejoins) => {
    expect(await findDivergence(rows(a), rows(b), 100)).toMatchObject({ kind, equalRows, rejoins });
  });

  test("is not looked for beyond the limit", async () => {
    const found = await findDivergence(rows("aaaaab"), rows("aaaaac"), 5);
    expect(found).toMatchObject({ kind: "not_reached", equalRows: 5 });
  });
});
