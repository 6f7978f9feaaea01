import { MongoBulkWriteError } from "mongodb";
import { describe, expect, it } from "vitest";
import { engineErrorByState } from "./error-codes";
import { CommandError, fromSqlState, toCommandError, unpackSqlState } from "./errors";
import { PgConnectionLost, PgError } from "./pgwire";
import { describeWithEngine, useEngine } from "./testing";

describe("the translation of errors", () => {
  const log: string[] = [];
  const context = { inTransaction: false, retryable: false, log: (line: string) => log.push(line) };
  const lost = new PgConnectionLost("gone");
  const pgError = (C: string, M = "text") => new PgError(new Map(Object.entries({ C, M })));

  it("packed SQLSTATEs are unpacked, small numbers too", () => {
    expect(unpackSqlState(319_029_277)).toBe("M001C");
    expect(unpackSqlState(1088)).toBe("0A000");
  });

  it("the engine's own states carry MongoDB's codes", () => {
    const codes = ["M001C", "M00CO", "M000U", "M000E"].map((state) => engineErrorByState.get(state)?.code);
    expect(codes).toEqual([11000, 121, 115, 43]);
  });

  it("a state without a code becomes 1, with the state in the text and one line in the log", () => {
    log.length = 0;
    expect(fromSqlState("XX001", "page is broken", context)).toMatchObject({
      code: 1,
      message: "page is broken (SQLSTATE XX001)",
    });
    expect(log).toEqual(["no MongoDB code for SQLSTATE XX001: page is broken"]);
  });

  it("a lost engine is retryable for a numbered write, transient in a transaction, plain otherwise", () => {
    const labels = (change: object) => [...toCommandError(lost, { ...context, ...change }).labels];
    expect(toCommandError(lost, context).code).toBe(91);
    expect(labels({})).toEqual([]);
    expect(labels({ retryable: true })).toEqual(["RetryableWriteError"]);
    expect(labels({ retryable: true, inTransaction: true })).toEqual(["TransientTransactionError"]);
  });

  it("a shutdown is 11600, a timeout 50, a cancelled statement 11601", () => {
    const code = (error: Error) => toCommandError(error, context).code;
    expect(code(pgError("57P01"))).toBe(11600);
    expect(code(pgError("57014", "canceling statement due to statement timeout"))).toBe(50);
    expect(code(pgError("57014", "canceling statement due to user request"))).toBe(11601);
  });

  it("a mistake of the bridge itself is logged with its place", () => {
    log.length = 0;
    expect(toCommandError(new TypeError("oops"), context)).toMatchObject({ code: 1 });
    expect(log[0]).toContain("errors.test.ts");
  });

  it("an answer carries code, name, text and labels", () => {
    const error = new CommandError("WriteConflict", "again").labelled("TransientTransactionError");
    expect(error).toMatchObject({ code: 112, codeName: "WriteConflict", message: "again" });
    expect(error.reply().length).toBeGreaterThan(50);
  });
});

describeWithEngine("errors through the official driver", () => {
  const stage = useEngine();
  const database = () => stage.client.db("errors");

  it("a duplicate key is 11000 and E11000, in single and bulk writes, at the place where it happened", async () => {
    const unique = database().collection("unique");
    await unique.createIndex({ key: 1 }, { unique: true });
    await unique.insertMany([{ key: 0 }, { key: 1 }]);
    await expect(unique.insertOne({ key: 1 })).rejects.toMatchObject({
      code: 11000,
      message: expect.stringContaining("E11000 duplicate key error collection: errors.unique index: key_1"),
      keyPattern: { key: 1 },
    });
    const existing = await unique.findOne({ key: 1 });
    await expect(unique.insertOne({ _id: existing?._id })).rejects.toMatchObject({ keyPattern: { _id: 1 } });
    const batch = [{ key: 0 }, { key: 10 }, { key: 1 }, { key: 11 }];
    const error = await unique.insertMany(batch, { ordered: false }).catch((reason) => reason);
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    expect(error.insertedCount).toBe(2);
    expect(error.writeErrors.map((one: { index: number; code: number }) => [one.index, one.code])).toEqual([
      [0, 11000],
      [2, 11000],
    ]);
    await expect(unique.findOneAndUpdate({ key: 10 }, { $set: { key: 1 } })).rejects.toMatchObject({
      code: 11000,
    });
    await expect(unique.findOneAndUpdate({ key: 11 }, { $set: { key: 0 } })).rejects.toMatchObject({
      keyPattern: { key: 1 },
    });
    await expect(unique.updateOne({ key: 10 }, { $set: { key: 1 } })).rejects.toMatchObject({ code: 11000 });
  });

  it("an ordered batch stops at the first duplicate", async () => {
    const ordered = database().collection<{ _id: number }>("ordered");
    await ordered.insertOne({ _id: 2 });
    await expect(ordered.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }])).rejects.toMatchObject({
      code: 11000,
    });
    expect((await ordered.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
  });

  it("a query longer than maxTimeMS ends with 50 and leaves no limit behind", async () => {
    const slow = database().collection<{ _id: number }>("slow");
    await slow.insertMany(Array.from({ length: 2000 }, (_, _id) => ({ _id })));
    const cross = [
      { $lookup: { from: "slow", pipeline: [{ $match: { $expr: { $gt: ["$_id", 3] } } }], as: "all" } },
      { $unwind: "$all" },
      { $group: { _id: null, n: { $sum: "$all._id" } } },
    ];
    await expect(slow.aggregate(cross, { maxTimeMS: 100 }).toArray()).rejects.toMatchObject({ code: 50 });
    expect(await stage.engine.sql("SHOW statement_timeout")).toEqual([["0"]]);
    expect(await slow.aggregate([...cross.slice(0, 1), { $limit: 20 }, { $count: "n" }]).toArray()).toEqual([
      { n: 20 },
    ]);
  });

  it("a command that does not exist is 59, never ok", async () => {
    for (const command of ["top", "reIndex", "bulkWrite", "nonsense"]) {
      await expect(stage.client.db("admin").command({ [command]: 1 })).rejects.toMatchObject({ code: 59 });
    }
  });

  it("change streams are refused with 115", async () => {
    await expect(database().collection("watched").watch().next()).rejects.toMatchObject({ code: 115 });
  });

  it("client.bulkWrite is refused by the driver, before anything is sent", async () => {
    const models = [{ namespace: "errors.bulk", name: "insertOne" as const, document: { n: 1 } }];
    const error = await stage.client.bulkWrite(models).catch((reason) => reason);
    expect(String(error.cause?.message ?? error.message)).toMatch(/8\.0|bulkWrite|wire/i);
    expect(await database().collection("bulk").countDocuments()).toBe(0);
  });

  it("what the engine does not have is refused, not ignored", async () => {
    const at = database();
    const refusals: (() => Promise<unknown>)[] = [
      () => at.createCollection("series", { timeseries: { timeField: "at" } }),
      () => at.createCollection("capped", { capped: true, size: 1000 }),
      () => at.collection("c").createIndex({ a: 1 }, { collation: { locale: "en" } }),
      () => at.collection("c").createIndex({ a: 1 }, { hidden: true }),
    ];
    for (const refused of refusals) await expect(refused()).rejects.toMatchObject({ code: 115 });
  });

  it("malformed operators, namespaces and changes of _id have MongoDB's codes", async () => {
    const strange = database().collection<{ _id: number; list?: number }>("strange");
    await strange.insertOne({ _id: 1, list: 5 });
    await expect(strange.findOne({ list: { $foo: 1 } })).rejects.toMatchObject({ code: 2 });
    await expect(strange.updateOne({ _id: 1 }, { $set: { _id: 2 } })).rejects.toMatchObject({ code: 66 });
    const lists = database().collection<{ _id: number; list: number[] }>("strange");
    await expect(lists.updateOne({}, { $push: { list: 1 } })).rejects.toMatchObject({ code: 2 });
    await expect(database().collection("absent").dropIndex("a_1")).rejects.toMatchObject({ code: 26 });
    await expect(strange.findOne({ $text: { $search: "x" } })).rejects.toMatchObject({ code: 27 });
  });

  it("nothing of all this was unknown to the bridge", () => {
    expect(stage.log).toEqual([]);
  });
});
