import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logBlocks, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { logLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { noTally } from "../batch-figures";
import { endEpisode } from "../episodes";
import { countStreams, listEpisodes } from "./list-streams";
import { sectionsOf } from "./sections";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
const calm = [JSON.stringify({ level: "info", message: "fine" })];

beforeAll(async () => {
  scope = await memberScope("owner");
  const producer = { kind: "run_task", runId: "run-1", taskId: "task-1" } as const;
  await uploadLines(scope, "outside-calm", calm);
  await uploadLines(scope, "outside-failing", logLines(40));
  await uploadLines(scope, "task-calm", calm, { settings: { producer } });
  await uploadLines(scope, "task-failing", logLines(40), { settings: { producer } });
  await endEpisode(scope, "task-failing");
  await scoped(scope)
    .collection(logMetadata)
    .updateOne(
      { episodeId: "outside-calm" },
      { $set: { lastWrittenAt: new Date(Date.now() - 3 * 86_400_000) } },
    );
});

const named = async (filters: Parameters<typeof listEpisodes>[1]) =>
  (await listEpisodes(scope, filters)).episodes.map(({ episodeId }) => episodeId).sort();

describe("the list of streams", () => {
  test("keeps what meets every filter", async () => {
    expect(await named({})).toHaveLength(4);
    expect(await named({ by: "run" })).toEqual(["task-calm", "task-failing"]);
    expect(await named({ by: "external", errors: "some" })).toEqual(["outside-failing"]);
    expect(await named({ state: "ended" })).toEqual(["task-failing"]);
    expect(await named({ state: "open", search: "CALM" })).toEqual(["outside-calm", "task-calm"]);
    expect(await named({ age: "24h" })).toEqual(["outside-failing", "task-calm", "task-failing"]);
    expect(await named({ age: "7d", by: "external" })).toEqual(["outside-calm", "outside-failing"]);
  });

  test("says how many each filter would keep", async () => {
    expect(await countStreams(scope)).toEqual({
      ...{ all: 4, byRun: 2, external: 2, open: 3, ended: 1, withErrors: 2 },
    });
    const stranger = await memberScope("owner");
    expect(await countStreams(stranger)).toEqual({
      ...{ all: 0, byRun: 0, external: 0, open: 0, ended: 0, withErrors: 0 },
    });
    expect((await listEpisodes(stranger)).episodes).toEqual([]);
  });
});

test("a backlog of many rows is known by its parts, each with the times of its own rows", async () => {
  const start = Date.parse("2026-11-20T08:00:00.000Z");
  await scoped(scope)
    .collection(logBlocks)
    .insertMany(
      Array.from({ length: 600 }, (_, block) => ({
        _id: newObjectId(),
        episodeId: "backlog",
        block,
        startTime: new Date(start + block * 1000),
        endTime: new Date(start + block * 1000 + 999),
        levelCounts: { ...noTally(), info: 200n },
      })),
    );
  const record = await scoped(scope).collection(logMetadata).findOne({ episodeId: "task-calm" });
  if (!record) throw new Error("The record that was just made is not there");
  const backlog = { ...record, episodeId: "backlog", nextSequenceNumber: 120_000n };
  const sections = await sectionsOf(scope, backlog, 119_990n);
  expect(sections.map(({ from, to }) => [from, to])).toEqual([
    [0n, 49_999n],
    [50_000n, 99_999n],
    [100_000n, 119_989n],
  ]);
  expect(
    sections.map(({ startTime, endTime }) => [startTime.getTime() - start, endTime.getTime() - start]),
  ).toEqual([
    [0, 249_999],
    [250_000, 499_999],
    [500_000, 599_999],
  ]);
});
