import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workerPlatformScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { artifacts } from "./collections/artifacts";
import { logBlocks } from "./collections/log-episodes";
import { isDuplicateKey } from "./errors";
import { newObjectId } from "./object-id";
import { acrossWorkspaces, scoped } from "./scoped";

testDatabase();
testMongo();

const levelCounts = { debug: 0n, info: 1n, warn: 0n, error: 0n, fatal: 0n };
const blockOf = (episodeId: string, block: number) => ({
  _id: newObjectId(),
  episodeId,
  block,
  startTime: new Date(0),
  endTime: new Date(1),
  levelCounts,
});

let mine: WorkspaceScope;
let theirs: WorkspaceScope;
const blocks = (scope: WorkspaceScope) => scoped(scope).collection(logBlocks);

beforeAll(async () => {
  mine = await memberScope("owner");
  theirs = await memberScope("owner");
  await blocks(theirs).insertMany([blockOf("shared", 0), blockOf("shared", 1)]);
});

/** A filter as it would come from code that was tricked into naming another workspace. */
const foreign = () => ({ workspaceId: theirs.workspaceId });

describe("a scope stays in its workspace", () => {
  test("whatever its filter says", async () => {
    expect(await blocks(mine).find({}).sort({ block: 1 }).toArray()).toEqual([]);
    expect(await blocks(mine).find(foreign()).sort({ block: 1 }).toArray()).toEqual([]);
    expect(await blocks(mine).findOne(foreign())).toBeNull();
    expect(await blocks(mine).countDocuments(foreign())).toBe(0);
    expect(await blocks(mine).findOne({ $or: [foreign(), { block: 0 }] })).toBeNull();
  });

  test("whatever it changes", async () => {
    const change = { $set: { startTime: new Date(99) } };
    expect((await blocks(mine).updateOne(foreign(), change)).matchedCount).toBe(0);
    expect((await blocks(mine).updateMany({}, change)).matchedCount).toBe(0);
    expect(await blocks(mine).findOneAndUpdate(foreign(), change)).toBeNull();
    expect((await blocks(mine).bulkUpdate([{ filter: foreign(), update: change }])).matchedCount).toBe(0);
    expect((await blocks(mine).deleteMany(foreign())).deletedCount).toBe(0);
    expect(await blocks(theirs).countDocuments({ startTime: new Date(0) })).toBe(2);
  });

  test("whatever its documents say, and an update cannot move a document out", async () => {
    const forged = { ...blockOf("forged", 0), ...foreign() };
    await blocks(mine).insertOne(forged);
    await blocks(mine).insertMany([{ ...blockOf("forged", 1), ...foreign() }]);
    expect(await blocks(theirs).countDocuments({ episodeId: "forged" })).toBe(0);
    expect(await blocks(mine).countDocuments({ episodeId: "forged" })).toBe(2);
    await expect(blocks(mine).updateOne({ episodeId: "forged" }, { $set: foreign() })).rejects.toThrow(
      "workspaceId",
    );
    await expect(
      blocks(mine).updateOne({ episodeId: "forged" }, [{ $set: { workspaceId: theirs.workspaceId } }]),
    ).rejects.toThrow("workspaceId");
    await expect(
      blocks(mine).bulkUpdate([
        { filter: { episodeId: "forged" }, update: { $rename: { workspaceId: "old" } } },
      ]),
    ).rejects.toThrow("workspaceId");
    expect(await blocks(theirs).countDocuments({ episodeId: "forged" })).toBe(0);
  });

  test("an upsert lands in it", async () => {
    await blocks(mine).updateOne(
      { episodeId: "upserted", block: 0, ...foreign() },
      { $set: { startTime: new Date(0), endTime: new Date(0), levelCounts } },
      { upsert: true },
    );
    expect(await blocks(mine).countDocuments({ episodeId: "upserted" })).toBe(1);
  });

  test("whatever its pipeline says, at any depth", async () => {
    expect(
      await blocks(mine)
        .aggregate([{ $match: foreign() }])
        .toArray(),
    ).toEqual([]);
    const leaving = [
      [{ $lookup: { from: "logBlocks", pipeline: [], as: "all" } }],
      [{ $unionWith: { coll: "logBlocks" } }],
      [
        {
          $graphLookup: {
            from: "logBlocks",
            startWith: 1,
            connectFromField: "a",
            connectToField: "b",
            as: "c",
          },
        },
      ],
      [{ $out: "elsewhere" }],
      [{ $merge: { into: "elsewhere" } }],
      [{ $facet: { hidden: [{ $unionWith: { coll: "logBlocks" } }] } }],
    ];
    for (const pipeline of leaving) {
      await expect(async () => blocks(mine).aggregate(pipeline).toArray()).rejects.toThrow(
        "leave the workspace",
      );
    }
  });
});

describe("undefined is refused, it would match what was not meant", () => {
  const nothing = undefined as unknown as string;

  test.each([
    ["at the top", () => ({ episodeId: nothing })],
    ["within an operator", () => ({ episodeId: { $in: ["a", nothing] } })],
    ["within a branch", () => ({ $or: [{ block: 1 }, { episodeId: nothing }] })],
  ])("%s of a filter", async (_place, filter) => {
    await expect(async () => blocks(mine).findOne(filter())).rejects.toThrow("undefined");
    await expect(async () => blocks(mine).deleteMany(filter())).rejects.toThrow("undefined");
    await expect(async () => blocks(mine).updateMany(filter(), { $set: { block: 1 } })).rejects.toThrow(
      "undefined",
    );
  });

  test("in a pipeline", async () => {
    await expect(async () =>
      blocks(mine)
        .aggregate([{ $match: { episodeId: nothing } }])
        .toArray(),
    ).rejects.toThrow("undefined");
  });
});

describe("a transaction", () => {
  test("is all or nothing", async () => {
    const work = scoped(mine).transaction(async (tx) => {
      await tx.collection(logBlocks).insertOne(blockOf("rolled-back", 0));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await blocks(mine).countDocuments({ episodeId: "rolled-back" })).toBe(0);
  });

  test("meets a conflict by doing its work again, so that no step is lost", async () => {
    await blocks(mine).insertOne(blockOf("counted", 0));
    const addOne = () =>
      scoped(mine).transaction(async (tx) => {
        const found = await tx.collection(logBlocks).findOne({ episodeId: "counted" });
        const info = (found?.levelCounts.info ?? 0n) + 1n;
        await tx
          .collection(logBlocks)
          .updateOne({ episodeId: "counted" }, { $set: { "levelCounts.info": info } });
      });
    await Promise.all(Array.from({ length: 8 }, addOne));
    expect((await blocks(mine).findOne({ episodeId: "counted" }))?.levelCounts.info).toBe(9n);
  });

  test("stays in its workspace", async () => {
    const seen = await scoped(mine).transaction((tx) =>
      tx.collection(logBlocks).find(foreign()).sort({ block: 1 }).toArray(),
    );
    expect(new Set(seen.map(({ workspaceId }) => workspaceId))).toEqual(new Set([mine.workspaceId]));
  });
});

test("int64 comes back as it went in, beyond what a double holds", async () => {
  const info = 2n ** 63n - 1n;
  await blocks(mine).insertOne({ ...blockOf("int64", 0), levelCounts: { ...levelCounts, info } });
  expect((await blocks(mine).findOne({ episodeId: "int64" }))?.levelCounts.info).toBe(info);
});

test("a document the declaration does not allow is refused by the database itself", async () => {
  const wrong = { ...blockOf("wrong", 0), block: "zero" as unknown as number };
  await expect(blocks(mine).insertOne(wrong)).rejects.toMatchObject({ code: 121 });
  await expect(
    scoped(mine)
      .collection(artifacts)
      .insertOne({} as never),
  ).rejects.toMatchObject({ code: 121 });
});

test("a unique index refuses a second document of the same key, in one workspace only", async () => {
  await blocks(mine).insertOne(blockOf("once", 0));
  const again = await blocks(mine)
    .insertOne(blockOf("once", 0))
    .catch((error: unknown) => error);
  expect(isDuplicateKey(again)).toBe(true);
  await blocks(theirs).insertOne(blockOf("once", 0));
});

test("only a platform scope sees all workspaces", async () => {
  const all = acrossWorkspaces(workerPlatformScope(), logBlocks);
  const owners = await all.distinct("workspaceId", { episodeId: "once" });
  expect(owners.sort()).toEqual([mine.workspaceId, theirs.workspaceId].sort());
});
