import { expect, it } from "vitest";
import { describeWithEngine, useEngine } from "./testing";

describeWithEngine("many clients at once", () => {
  const stage = useEngine();
  const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));
  const database = () => stage.client.db("concurrency");

  it("20 workers claim 200 jobs, each job exactly once and none left", async () => {
    type Job = { _id: number; status: string; priority: number; worker?: number };
    const jobs = database().collection<Job>("jobs");
    await jobs.createIndex({ status: 1, priority: -1, _id: 1 });
    await jobs.insertMany(
      Array.from({ length: 200 }, (_, _id) => ({ _id, status: "queued", priority: _id % 3 })),
    );
    const claims = await times(20, async (worker) => {
      const mine: number[] = [];
      const next = () =>
        jobs.findOneAndUpdate(
          { status: "queued" },
          { $set: { status: "running", worker } },
          { sort: { priority: -1, _id: 1 } },
        );
      for (let job = await next(); job; job = await next()) mine.push(job._id);
      return mine;
    });
    expect(claims.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index));
    expect(await jobs.countDocuments({ status: "queued" })).toBe(0);
  });

  it("increments of one document by 20 clients all count", async () => {
    const counters = database().collection<{ _id: string; n: number }>("counters");
    await counters.insertOne({ _id: "a", n: 0 });
    await times(20, async () => {
      for (let i = 0; i < 10; i++) await counters.updateOne({ _id: "a" }, { $inc: { n: 1 } });
    });
    expect(await counters.findOne({ _id: "a" })).toMatchObject({ n: 200 });
  });

  it("20 upserts of one key make one document and all count", async () => {
    const upserts = database().collection<{ key: string; n: number }>("upserts");
    await upserts.createIndex({ key: 1 }, { unique: true });
    const change = { $inc: { n: 1 } };
    await times(20, () => upserts.findOneAndUpdate({ key: "found" }, change, { upsert: true }));
    await times(20, () => upserts.updateOne({ key: "updated" }, change, { upsert: true }));
    expect(
      await upserts
        .find({}, { projection: { _id: 0 } })
        .sort({ key: 1 })
        .toArray(),
    ).toEqual([
      { key: "found", n: 20 },
      { key: "updated", n: 20 },
    ]);
  });

  it("of 30 inserts with three keys under a unique index exactly three succeed", async () => {
    const unique = database().collection("unique");
    await unique.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => unique.insertOne({ key: i % 3 })),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array.from({ length: 27 }, () => 11000));
    expect(await unique.countDocuments()).toBe(3);
  });

  it("20 first inserts into a collection that does not exist all arrive", async () => {
    await times(20, (n) => database().collection("born").insertOne({ n }));
    expect(await database().collection("born").countDocuments()).toBe(20);
  });

  it("updates that take the same documents in opposite orders all succeed", async () => {
    const crossed = database().collection<{ _id: number; n: number }>("crossed");
    await crossed.insertMany([1, 2].map((_id) => ({ _id, n: 0 })));
    const order = [1, 2].map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } }));
    await times(20, (i) => crossed.bulkWrite(i % 2 ? order : order.toReversed()));
    expect((await crossed.find().toArray()).map(({ n }) => n)).toEqual([20, 20]);
  });

  it("150 connections are served, more than the engine has", async () => {
    const clients = await times(150, async () => stage.connect({ maxPoolSize: 1 }).connect());
    const rows = database().collection<{ _id: number }>("rows");
    await rows.insertMany(Array.from({ length: 150 }, (_, _id) => ({ _id })));
    const found = await Promise.all(
      clients.map((client, _id) =>
        client.db("concurrency").collection<{ _id: number }>("rows").findOne({ _id }),
      ),
    );
    expect(found.map((row) => row?._id)).toEqual(Array.from({ length: 150 }, (_, index) => index));
    const engineSide = await stage.engine.sql(
      "SELECT count(*)::int4::text FROM pg_stat_activity WHERE application_name = 'strata-bridge'",
    );
    expect(Number(engineSide[0]?.[0])).toBeLessThan(90);
  });

  it("writers that wait for one transaction do not keep others from reading", async () => {
    const held = database().collection<{ _id: number; n: number }>("held");
    await held.insertOne({ _id: 1, n: 0 });
    const session = stage.client.startSession();
    session.startTransaction();
    await held.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    const writers = times(30, () => held.updateOne({ _id: 1 }, { $inc: { n: 1 } }));
    expect(await held.findOne({ _id: 1 })).toEqual({ _id: 1, n: 0 });
    await session.commitTransaction();
    await session.endSession();
    await writers;
    expect(await held.findOne({ _id: 1 })).toEqual({ _id: 1, n: 31 });
  });
});
