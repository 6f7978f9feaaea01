import { BSON, Decimal128, Long, ObjectId } from "mongodb";
import { expect, it } from "vitest";
import { describeWithEngine, useEngine } from "./testing";

describeWithEngine("documents through the official driver", () => {
  const stage = useEngine();
  const collection = (name: string) =>
    stage.client.db("crud").collection<{ _id: number; n?: number; kind?: string }>(name);

  it("what was inserted is found, changed, replaced and deleted", async () => {
    const items = collection("items");
    await items.insertOne({ _id: 1, n: 1 });
    await items.insertMany([
      { _id: 2, n: 2 },
      { _id: 3, n: 3 },
    ]);
    expect(await items.updateMany({ n: { $gte: 2 } }, { $inc: { n: 10 } })).toMatchObject({
      modifiedCount: 2,
    });
    await items.replaceOne({ _id: 1 }, { kind: "replaced" });
    expect(await items.deleteOne({ _id: 3 })).toMatchObject({ deletedCount: 1 });
    expect(await items.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, kind: "replaced" },
      { _id: 2, n: 12 },
    ]);
  });

  it("an upsert inserts once and says which document it made", async () => {
    const upserts = collection("upserts");
    const first = await upserts.updateOne({ _id: 7 }, { $inc: { n: 1 } }, { upsert: true });
    const second = await upserts.updateOne({ _id: 7 }, { $inc: { n: 1 } }, { upsert: true });
    expect([first.upsertedId, second.upsertedId, second.modifiedCount]).toEqual([7, null, 1]);
    expect(await upserts.findOne({ _id: 7 })).toEqual({ _id: 7, n: 2 });
  });

  it("findOneAndUpdate gives the document before or after, and null when nothing matches", async () => {
    const found = collection("found");
    await found.insertOne({ _id: 1, n: 1 });
    expect(await found.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(await found.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: "after" })).toEqual(
      {
        _id: 1,
        n: 3,
      },
    );
    expect(await found.findOneAndUpdate({ _id: 9 }, { $inc: { n: 1 } })).toBeNull();
  });

  it("a bulk write of mixed operations counts each kind", async () => {
    const bulk = collection("bulk");
    const result = await bulk.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { insertOne: { document: { _id: 2, n: 1 } } },
      { updateMany: { filter: { n: 1 }, update: { $set: { kind: "x" } } } },
      { deleteOne: { filter: { _id: 2 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 2, modifiedCount: 2, deletedCount: 1 });
  });

  it("every BSON type comes back as it went in", async () => {
    const types = stage.client.db("crud").collection("types");
    const document = {
      _id: new ObjectId(),
      decimal: Decimal128.fromString("1.10"),
      large: Long.fromString("9007199254740993"),
      date: new Date(1_700_000_000_123),
      bytes: new BSON.Binary(Buffer.from([0, 1, 255])),
      nested: { list: [1, "two", null, { three: 3.5 }] },
      pattern: /a+/i,
    };
    await types.insertOne(document);
    expect(await types.findOne({ _id: document._id }, { promoteLongs: false })).toMatchObject({
      ...document,
      nested: expect.anything(),
    });
  });

  it("a client with useBigInt64 reads and writes 64-bit integers as bigint", async () => {
    const sequences = stage
      .connect({ useBigInt64: true })
      .db("crud")
      .collection<{ _id: string; seq: bigint }>("sequences");
    await sequences.insertOne({ _id: "a", seq: 9_007_199_254_740_993n });
    await sequences.updateOne({ _id: "a" }, { $inc: { seq: 1n } });
    expect(await sequences.findOne({ seq: 9_007_199_254_740_994n })).toEqual({
      _id: "a",
      seq: 9_007_199_254_740_994n,
    });
    expect(await sequences.find().sort({ seq: 1 }).batchSize(1).toArray()).toHaveLength(1);
  });

  it("a document of 15 MB is stored and read back", async () => {
    const large = stage.client.db("crud").collection<{ _id: number; text: string }>("large");
    const text = "x".repeat(15_000_000);
    await large.insertOne({ _id: 1, text });
    expect((await large.findOne({ _id: 1 }))?.text === text).toBe(true);
  });

  it("a batch of 25,000 documents goes in with one command", async () => {
    const batch = collection("batch");
    const documents = Array.from({ length: 25_000 }, (_, _id) => ({ _id }));
    expect(await batch.insertMany(documents, { ordered: false })).toMatchObject({ insertedCount: 25_000 });
    expect(await batch.countDocuments()).toBe(25_000);
  });

  it("pipelines group, join, facet and write into another collection", async () => {
    const database = stage.client.db("crud");
    const runs = database.collection<{ _id: number; state: string; ms: number }>("runs");
    await runs.insertMany([
      { _id: 1, state: "done", ms: 10 },
      { _id: 2, state: "done", ms: 30 },
      { _id: 3, state: "failed", ms: 5 },
    ]);
    const grouped = [{ $group: { _id: "$state", total: { $sum: "$ms" } } }, { $sort: { _id: 1 } }];
    expect(await runs.aggregate(grouped).toArray()).toEqual([
      { _id: "done", total: 40 },
      { _id: "failed", total: 5 },
    ]);
    await runs.aggregate([...grouped, { $merge: { into: "totals", whenMatched: "replace" } }]).toArray();
    const joined = await database
      .collection("totals")
      .aggregate([
        { $lookup: { from: "runs", localField: "_id", foreignField: "state", as: "runs" } },
        { $facet: { sizes: [{ $sort: { _id: 1 } }, { $project: { _id: 0, n: { $size: "$runs" } } }] } },
      ])
      .toArray();
    expect(joined).toEqual([{ sizes: [{ n: 2 }, { n: 1 }] }]);
    expect(await runs.distinct("state")).toEqual(expect.arrayContaining(["done", "failed"]));
  });

  it("a collection can be created, listed, renamed and dropped, and dropping an absent one is no error", async () => {
    const database = stage.client.db("crud-names");
    await database.createCollection("a");
    await database.collection("a").rename("b");
    const names = async () => (await database.listCollections().toArray()).map(({ name }) => name);
    expect(await names()).toEqual(["b"]);
    await database.collection("b").drop();
    await database.collection("b").drop();
    expect(await names()).toEqual([]);
    await database.collection("c").insertOne({});
    await database.dropDatabase();
    expect(await names()).toEqual([]);
  });

  it("$jsonSchema refuses a document that does not fit with 121, and collMod changes the rule", async () => {
    const database = stage.client.db("crud");
    const validator = { $jsonSchema: { bsonType: "object", required: ["name"] } };
    const strict = await database.createCollection("strict", { validator });
    await expect(strict.insertOne({})).rejects.toMatchObject({ code: 121 });
    await strict.insertOne({ name: "ok" });
    await expect(strict.updateOne({}, { $unset: { name: 1 } })).rejects.toMatchObject({ code: 121 });
    const [listed] = await database.listCollections({ name: "strict" }).toArray();
    expect(listed).toMatchObject({ options: { validator } });
    await database.command({ collMod: "strict", validator: {} });
    await expect(strict.insertOne({})).resolves.toMatchObject({ acknowledged: true });
  });

  it("an explained query names the index it walks", async () => {
    const explained = collection("explained");
    await explained.createIndex({ n: 1 });
    await explained.insertMany(Array.from({ length: 100 }, (_, _id) => ({ _id, n: _id })));
    const plan = await explained
      .find({ n: { $gt: 50 } })
      .sort({ n: 1 })
      .hint("n_1")
      .explain();
    expect(JSON.parse(plan.queryPlanner.winningPlan)[0].Plan).toBeDefined();
    expect(plan.queryPlanner.winningPlan).toContain("Index");
  });
});
