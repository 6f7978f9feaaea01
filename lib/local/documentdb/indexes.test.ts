import { expect, it } from "vitest";
import { describeWithEngine, until, useEngine } from "./testing";

describeWithEngine("indexes", () => {
  const stage = useEngine();
  const collection = (name: string) => stage.client.db("indexes").collection(name);

  it("indexes are made on a collection that does not exist yet, listed and dropped", async () => {
    const fresh = collection("fresh");
    await fresh.createIndexes([
      { key: { a: 1, b: -1 }, unique: true },
      { key: { c: 1 }, sparse: true, name: "mine" },
      { key: { d: 1 }, partialFilterExpression: { d: { $exists: true } } },
    ]);
    const listed = await fresh.indexes();
    expect(listed.map(({ name }) => name)).toEqual(["_id_", "a_1_b_-1", "mine", "d_1"]);
    expect(listed[1]).toMatchObject({ key: { a: 1, b: -1 }, unique: true });
    await fresh.dropIndex("mine");
    await expect(fresh.dropIndex("mine")).rejects.toMatchObject({ code: 27 });
    await fresh.dropIndexes();
    expect(await fresh.indexes()).toHaveLength(1);
  });

  it("an index on a filled collection is ready when createIndexes answers", async () => {
    const filled = collection("filled");
    await filled.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
    const started = performance.now();
    await filled.createIndexes([{ key: { n: 1 } }, { key: { n: -1, m: 1 } }]);
    // The engine's own schedule looks for work every two seconds; the bridge does not wait for it.
    expect(performance.now() - started).toBeLessThan(1500);
    const plan = await filled.find({ n: 7 }).hint("n_1").explain();
    expect(plan.queryPlanner.winningPlan).toContain("Index");
  });

  it("making an index that is there changes nothing, also when several are asked for at once", async () => {
    const repeated = collection("repeated");
    await repeated.insertOne({ a: 1 });
    const same = () => repeated.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);
    await same();
    await Promise.all([same(), same(), same()]);
    expect(await repeated.indexes()).toHaveLength(3);
    const reply = await stage.client
      .db("indexes")
      .command({ createIndexes: "repeated", indexes: [{ key: { a: 1 }, name: "a_1" }] });
    expect(reply).toMatchObject({ ok: 1, numIndexesBefore: 3, numIndexesAfter: 3 });
  });

  it("an index that contradicts an existing one is refused: 85 or 86", async () => {
    const conflict = collection("conflict");
    await conflict.createIndex({ a: 1 });
    const refused = await conflict
      .createIndex({ a: 1 }, { unique: true, name: "a_1" })
      .catch((error) => error.code);
    expect([85, 86]).toContain(refused);
  });

  it("a unique index on rows that already collide is refused with 11000 and not kept", async () => {
    const colliding = collection("colliding");
    await colliding.insertMany([{ a: 1 }, { a: 1 }]);
    await expect(colliding.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await colliding.indexes()).toHaveLength(1);
  });

  it("a partial unique index holds for the documents it covers only", async () => {
    const partial = collection("partial");
    const partialFilterExpression = { active: { $eq: true } };
    await partial.createIndex({ key: 1 }, { unique: true, partialFilterExpression });
    await partial.insertMany([
      { key: "a", active: true },
      { key: "a", active: false },
      { key: "a", active: false },
    ]);
    await expect(partial.insertOne({ key: "a", active: true })).rejects.toMatchObject({ code: 11000 });
  });

  it("a sorted page is read from an ordered index instead of being sorted", async () => {
    const log = collection("log");
    await log.createIndex({ ep: 1, seq: 1 });
    await log.insertMany(Array.from({ length: 5000 }, (_, i) => ({ ep: `e${i % 5}`, seq: i })));
    await stage.engine.sql("ANALYZE");
    const plan = await log
      .find({ ep: "e3", seq: { $gt: 100 } })
      .sort({ seq: 1 })
      .limit(20)
      .explain();
    expect(plan.queryPlanner.winningPlan).toContain("Index Scan");
    expect(plan.queryPlanner.winningPlan).not.toContain('"Sort"');
  });

  it("a text index finds words, phrases and exclusions", async () => {
    const notes = stage.client.db("indexes").collection<{ _id: number; text: string }>("notes");
    await notes.createIndex({ text: "text" });
    await notes.insertMany([
      { _id: 1, text: "the planner finished" },
      { _id: 2, text: "the planner has failed" },
      { _id: 3, text: "a worker failed" },
    ]);
    const found = async ($search: string) =>
      (await notes.find({ $text: { $search } }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await found("failed")).toEqual([2, 3]);
    expect(await found('"planner finished"')).toEqual([1]);
    expect(await found("planner -failed")).toEqual([1]);
  });

  it("expired documents disappear, the others stay", async () => {
    const sessions = stage.client.db("indexes").collection<{ _id: string; at?: Date }>("sessions");
    await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds);
    await sessions.insertMany([
      { _id: "old", at: ago(120) },
      { _id: "young", at: ago(5) },
      { _id: "dateless" },
    ]);
    await stage.engine.sql(
      "SELECT cron.alter_job(jobid, schedule => '1 seconds') FROM cron.job WHERE command LIKE '%delete_expired_rows%'",
    );
    await until(async () => (await sessions.countDocuments({ _id: "old" })) === 0);
    expect((await sessions.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([
      "dateless",
      "young",
    ]);
  });
});
