import { MongoServerError } from "mongodb";
import { expect, it } from "vitest";
import { describeWithEngine, sessionId, until, useEngine } from "./testing";
import { RawClient } from "./testing-raw";

describeWithEngine("transactions", () => {
  const stage = useEngine({ idleTransactionMs: 1500 });
  type Item = { _id: string; n: number };
  const items = () => stage.client.db("transactions").collection<Item>("items");
  const lockWaits = async () =>
    Number(
      (
        await stage.engine.sql("SELECT count(*)::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
      )[0]?.[0],
    );

  it("all writes of a committed transaction are there, none of an aborted one", async () => {
    const other = stage.client.db("transactions").collection<Item>("other");
    await stage.client.withSession((session) =>
      session.withTransaction(async () => {
        await items().insertOne({ _id: "both", n: 1 }, { session });
        await other.insertOne({ _id: "both", n: 1 }, { session });
      }),
    );
    await stage.client.withSession(async (session) => {
      session.startTransaction();
      await items().insertOne({ _id: "neither", n: 1 }, { session });
      await other.deleteOne({ _id: "both" }, { session });
      await session.abortTransaction();
    });
    expect(await items().countDocuments({ _id: { $in: ["both", "neither"] } })).toBe(1);
    expect(await other.countDocuments({ _id: "both" })).toBe(1);
  });

  it("a transaction reads one snapshot and its own writes, and is not seen before its commit", async () => {
    await items().insertOne({ _id: "seen", n: 1 });
    await stage.client.withSession(async (session) => {
      session.startTransaction();
      const inside = async () => (await items().findOne({ _id: "seen" }, { session }))?.n;
      expect(await inside()).toBe(1);
      await items().updateOne({ _id: "seen" }, { $set: { n: 2 } });
      expect(await inside()).toBe(1);
      await items().insertOne({ _id: "own", n: 1 }, { session });
      expect(await items().countDocuments({ _id: "own" })).toBe(0);
      expect(await items().find({ _id: "own" }, { session }).toArray()).toHaveLength(1);
      await session.commitTransaction();
    });
    expect(await items().countDocuments({ _id: "own" })).toBe(1);
  });

  it("a cursor opened inside a transaction pages through its snapshot", async () => {
    const paged = stage.client.db("transactions").collection<Item>("paged");
    await paged.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: `p${n}`, n })));
    await stage.client.withSession(async (session) => {
      session.startTransaction();
      const cursor = paged.find({}, { session }).sort({ n: 1 }).batchSize(10);
      await cursor.next();
      await paged.deleteMany({});
      expect(await cursor.toArray()).toHaveLength(49);
      await session.commitTransaction();
    });
  });

  it("of two conflicting transactions the later fails with 112 and the label to repeat it", async () => {
    await items().insertOne({ _id: "conflict", n: 0 });
    const [first, second] = [stage.client.startSession(), stage.client.startSession()];
    first.startTransaction();
    second.startTransaction();
    await items().findOne({ _id: "conflict" }, { session: second });
    await items().updateOne({ _id: "conflict" }, { $inc: { n: 1 } }, { session: first });
    const loser = items().updateOne({ _id: "conflict" }, { $inc: { n: 1 } }, { session: second });
    loser.catch(() => {});
    await until(async () => (await lockWaits()) > 0);
    await first.commitTransaction();
    const error = await loser.catch((reason) => reason);
    expect(error).toMatchObject({ code: 112 });
    expect(error.hasErrorLabel("TransientTransactionError")).toBe(true);
    await expect(second.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await Promise.all([first.endSession(), second.endSession()]);
    expect(await items().findOne({ _id: "conflict" })).toMatchObject({ n: 1 });
  });

  it("ten transactions that read, then write the same document, lose no update", async () => {
    await items().insertOne({ _id: "counter", n: 0 });
    const increment = () =>
      stage.client.withSession((session) =>
        session.withTransaction(async () => {
          const before = await items().findOne({ _id: "counter" }, { session });
          await items().updateOne({ _id: "counter" }, { $set: { n: (before?.n ?? 0) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 10 }, increment));
    expect(await items().findOne({ _id: "counter" })).toMatchObject({ n: 10 });
  });

  it("a duplicate key aborts the transaction: nothing of it stays, and it cannot go on", async () => {
    await items().insertOne({ _id: "taken", n: 0 });
    await stage.client.withSession(async (session) => {
      session.startTransaction();
      await items().insertOne({ _id: "before-duplicate", n: 1 }, { session });
      await expect(items().insertOne({ _id: "taken", n: 1 }, { session })).rejects.toMatchObject({
        code: 11000,
      });
      const next = await items()
        .insertOne({ _id: "after-duplicate", n: 1 }, { session })
        .catch((error) => error);
      expect(next).toBeInstanceOf(MongoServerError);
      expect([next.code, next.hasErrorLabel("TransientTransactionError")]).toEqual([251, true]);
      await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    });
    expect(await items().countDocuments({ _id: { $in: ["before-duplicate", "after-duplicate"] } })).toBe(0);
  });

  it("a client lost in the middle of a transaction releases its locks and leaves nothing", async () => {
    await items().insertOne({ _id: "locked", n: 0 });
    const lost = await RawClient.connect(stage.bridge.port);
    const update = { update: "items", updates: [{ q: { _id: "locked" }, u: { $set: { n: 99 } } }] };
    const transaction = { lsid: sessionId(), txnNumber: 1n, autocommit: false, startTransaction: true };
    expect(await lost.command({ ...update, ...transaction, $db: "transactions" })).toMatchObject({
      nModified: 1,
    });
    const waiting = items().updateOne({ _id: "locked" }, { $inc: { n: 1 } });
    await until(async () => (await lockWaits()) > 0);
    lost.close();
    await waiting;
    expect(await items().findOne({ _id: "locked" })).toMatchObject({ n: 1 });
  });

  it("a client lost while it waits for a lock is rolled back although its statement still runs", async () => {
    await items().insertOne({ _id: "held", n: 0 });
    const holder = stage.client.startSession();
    holder.startTransaction();
    await items().updateOne({ _id: "held" }, { $inc: { n: 1 } }, { session: holder });
    const raw = await RawClient.connect(stage.bridge.port);
    const transaction = { lsid: sessionId(), txnNumber: 1n, autocommit: false, $db: "transactions" };
    const insert = {
      insert: "items",
      documents: [{ _id: "lost-write", n: 1 }],
      startTransaction: true,
      ...transaction,
    };
    expect(await raw.command(insert)).toMatchObject({ ok: 1 });
    void raw
      .command({ update: "items", updates: [{ q: { _id: "held" }, u: { $inc: { n: 1 } } }], ...transaction })
      .catch(() => {});
    await until(async () => (await lockWaits()) > 0);
    raw.close();
    await until(async () => (await lockWaits()) === 0);
    await holder.commitTransaction();
    await holder.endSession();
    expect(await items().findOne({ _id: "held" })).toMatchObject({ n: 1 });
    expect(await items().countDocuments({ _id: "lost-write" })).toBe(0);
  });

  it("a transaction nobody uses is rolled back after a while and unblocks the writer behind it", async () => {
    await items().insertOne({ _id: "idle", n: 0 });
    const idle = stage.client.startSession();
    idle.startTransaction();
    await items().updateOne({ _id: "idle" }, { $set: { n: 99 } }, { session: idle });
    await items().updateOne({ _id: "idle" }, { $inc: { n: 1 } });
    await expect(idle.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await idle.endSession();
    expect(await items().findOne({ _id: "idle" })).toMatchObject({ n: 1 });
  });

  it("a repeated commit is answered like the first, a repeated abort is not", async () => {
    const raw = await RawClient.connect(stage.bridge.port);
    const base = { txnNumber: 5n, autocommit: false };
    const lsid = sessionId();
    const insert = {
      insert: "items",
      documents: [{ _id: "once", n: 1 }],
      $db: "transactions",
      startTransaction: true,
    };
    await raw.command({ ...insert, lsid, ...base });
    const commit = { commitTransaction: 1, $db: "admin", lsid, ...base };
    expect(await raw.command(commit)).toMatchObject({ ok: 1 });
    expect(await raw.command(commit)).toMatchObject({ ok: 1 });
    expect(await raw.command({ abortTransaction: 1, $db: "admin", lsid, ...base })).toMatchObject({
      code: 256,
    });
    const unknown = { commitTransaction: 1, $db: "admin", lsid: sessionId(), ...base };
    expect(await raw.command(unknown)).toMatchObject({ ok: 0, code: 251 });
    raw.close();
  });

  it("commands that MongoDB does not run inside a transaction are refused with 263", async () => {
    await stage.client.withSession(async (session) => {
      session.startTransaction();
      await items().insertOne({ _id: "kept", n: 1 }, { session });
      const database = stage.client.db("transactions");
      await expect(database.command({ count: "items" }, { session })).rejects.toMatchObject({ code: 263 });
      await expect(items().createIndex({ n: 1 }, { session })).rejects.toMatchObject({ code: 263 });
      await session.commitTransaction();
    });
    expect(await items().countDocuments({ _id: "kept" })).toBe(1);
  });

  it("a new transaction of a session ends the one that was left open", async () => {
    const raw = await RawClient.connect(stage.bridge.port);
    const lsid = sessionId();
    const start = (txnNumber: bigint, _id: string) =>
      raw.command({
        insert: "items",
        documents: [{ _id, n: 1 }],
        $db: "transactions",
        ...{ lsid, txnNumber, autocommit: false, startTransaction: true },
      });
    await start(1n, "left-open");
    await start(2n, "new-one");
    expect(
      await raw.command({ commitTransaction: 1, $db: "admin", lsid, txnNumber: 2n, autocommit: false }),
    ).toMatchObject({ ok: 1 });
    expect(await items().countDocuments({ _id: { $in: ["left-open", "new-one"] } })).toBe(1);
    raw.close();
  });
});
