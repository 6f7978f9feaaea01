import { expect, it } from "vitest";
import { describeWithEngine, until, useEngine } from "./testing";

describeWithEngine("cursors", () => {
  const stage = useEngine();
  const rows = () => stage.client.db("cursors").collection<{ _id: number; shuffled: number }>("rows");
  const filled = async () => {
    if ((await rows().countDocuments()) > 0) return rows();
    await rows().insertMany(
      Array.from({ length: 3000 }, (_, _id) => ({ _id, shuffled: (_id * 7919) % 3000 })),
    );
    return rows();
  };

  it("a result of many pages comes complete and in order", async () => {
    const collection = await filled();
    const seen: number[] = [];
    for await (const row of collection.find().sort({ shuffled: 1 }).batchSize(70)) seen.push(row.shuffled);
    expect(seen).toEqual(Array.from({ length: 3000 }, (_, index) => index));
  });

  it("an aggregation of many pages comes complete", async () => {
    const collection = await filled();
    const pipeline = [{ $group: { _id: { $mod: ["$_id", 1000] } } }, { $sort: { _id: 1 } }];
    const groups = await collection.aggregate(pipeline, { batchSize: 30 }).toArray();
    expect(groups.map(({ _id }) => _id)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });

  it("skip and limit cut the sorted result", async () => {
    const collection = await filled();
    const page = await collection.find().sort({ shuffled: -1 }).skip(10).limit(5).toArray();
    expect(page.map((row) => row.shuffled)).toEqual([2989, 2988, 2987, 2986, 2985]);
  });

  it("a killed cursor gives no further page: 43", async () => {
    const collection = await filled();
    const database = stage.client.db("cursors");
    const { cursor } = await database.command(
      { find: collection.collectionName, batchSize: 2 },
      { useBigInt64: true },
    );
    const kill = () => database.command({ killCursors: "rows", cursors: [cursor.id] }, { useBigInt64: true });
    expect(await kill()).toMatchObject({
      cursorsKilled: [cursor.id],
    });
    await expect(database.command({ getMore: cursor.id, collection: "rows" })).rejects.toMatchObject({
      code: 43,
    });
    expect(await kill()).toMatchObject({
      cursorsNotFound: [cursor.id],
    });
  });

  it("closing a cursor before its end removes its file from the engine", async () => {
    const collection = await filled();
    const files = async () =>
      (await stage.engine.sql("SELECT name FROM pg_ls_dir('pg_documentdb_cursor_files') name")).length;
    const before = await files();
    const cursor = collection.find().sort({ shuffled: 1 }).batchSize(10);
    await cursor.next();
    expect(await files()).toBe(before + 1);
    await cursor.close();
    await until(async () => (await files()) === before);
  });

  it("an ended session closes its cursors", async () => {
    const collection = await filled();
    const client = stage.connect();
    const session = client.startSession();
    const database = client.db("cursors");
    const { cursor } = await database.command(
      { find: collection.collectionName, batchSize: 2, sort: { shuffled: 1 } },
      { session, useBigInt64: true },
    );
    await database.admin().command({ endSessions: [session.id] });
    await expect(
      database.command({ getMore: cursor.id, collection: "rows" }, { session }),
    ).rejects.toMatchObject({ code: 43 });
    await session.endSession();
  });

  it("40 open sorted cursors leave room for other commands and keep their place", async () => {
    const collection = await filled();
    const cursors = Array.from({ length: 40 }, (_, index) => {
      return collection
        .find({ shuffled: { $lt: 300 } })
        .sort({ shuffled: index % 2 ? 1 : -1 })
        .batchSize(10);
    });
    for (const cursor of cursors) await cursor.next();
    expect(await collection.findOne({ _id: 5 })).toMatchObject({ _id: 5 });
    await Promise.all(
      cursors.map(async (cursor, index) => {
        const rest = (await cursor.toArray()).map((row) => row.shuffled);
        expect(rest).toEqual(Array.from({ length: 299 }, (_, at) => (index % 2 ? at + 1 : 298 - at)));
      }),
    );
  });
});
