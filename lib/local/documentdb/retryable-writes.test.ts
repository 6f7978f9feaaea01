import type { Document } from "mongodb";
import { expect, it } from "vitest";
import { openBridge } from "./bridge";
import { describeWithEngine, sessionId, until, useEngine } from "./testing";
import { RawClient } from "./testing-raw";

describeWithEngine("a retryable write that is sent again", () => {
  const stage = useEngine();
  type Item = { _id: number; n: number };
  const items = (name: string) => stage.client.db("retry").collection<Item>(name);

  /** Sends the very same command twice on one connection, as a driver does that lost the answer. */
  async function twice(command: Document, txnNumber = 1n): Promise<[Document, Document]> {
    const raw = await RawClient.connect(stage.bridge.port);
    const repeated = { ...command, $db: "retry", lsid: sessionId(), txnNumber };
    const replies: [Document, Document] = [await raw.command(repeated), await raw.command(repeated)];
    raw.close();
    return replies;
  }

  it("inserts several documents once and answers the same", async () => {
    const documents = [1, 2, 3].map((_id) => ({ _id, n: 1 }));
    const [first, second] = await twice({ insert: "inserted", documents });
    expect(first).toMatchObject({ ok: 1, n: 3 });
    expect(second).toEqual(first);
    expect(await items("inserted").countDocuments()).toBe(3);
  });

  it("runs each of several updates once", async () => {
    await items("updated").insertMany([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ]);
    const updates = [1, 2].map((_id) => ({ q: { _id }, u: { $inc: { n: 1 } } }));
    const [first, second] = await twice({ update: "updated", updates });
    expect(second).toEqual(first);
    expect((await items("updated").find().sort({ _id: 1 }).toArray()).map(({ n }) => n)).toEqual([1, 1]);
  });

  it("answers an upsert with the same upserted id", async () => {
    const updates = [{ q: { _id: 7 }, u: { $inc: { n: 1 } }, upsert: true }];
    const [first, second] = await twice({ update: "upserted", updates });
    expect(first.upserted).toHaveLength(1);
    expect(second).toEqual(first);
    expect(await items("upserted").findOne()).toEqual({ _id: 7, n: 1 });
  });

  it("deletes only what the first one deleted", async () => {
    await items("deleted").insertMany(Array.from({ length: 5 }, (_, _id) => ({ _id, n: 0 })));
    const one = { q: {}, limit: 1 };
    const [first, second] = await twice({ delete: "deleted", deletes: [one, one] });
    expect(second).toEqual(first);
    expect(await items("deleted").countDocuments()).toBe(3);
  });

  it("findAndModify gives the same document and changes it once", async () => {
    await items("modified").insertOne({ _id: 1, n: 0 });
    const [first, second] = await twice({
      findAndModify: "modified",
      query: {},
      update: { $inc: { n: 5 } },
      new: true,
    });
    expect(first.value).toEqual({ _id: 1, n: 5 });
    expect(second).toEqual(first);
    expect(await items("modified").findOne()).toEqual({ _id: 1, n: 5 });
  });

  it("repeats the same write errors with the same codes", async () => {
    await items("failed").insertOne({ _id: 2, n: 0 });
    const documents = [1, 2, 3].map((_id) => ({ _id, n: 1 }));
    const [first, second] = await twice({ insert: "failed", documents, ordered: false });
    expect(first).toMatchObject({ n: 2, writeErrors: [{ index: 1, code: 11000 }] });
    expect(second).toEqual(first);
  });

  it("is executed when it carries a new number, and the session keeps one outcome only", async () => {
    await items("numbers").insertOne({ _id: 1, n: 0 });
    const raw = await RawClient.connect(stage.bridge.port);
    const lsid = sessionId();
    const update = {
      update: "numbers",
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      $db: "retry",
      lsid,
    };
    for (const txnNumber of [1n, 2n, 3n, 3n]) await raw.command({ ...update, txnNumber });
    raw.close();
    expect(await items("numbers").findOne()).toEqual({ _id: 1, n: 3 });
    const id = Buffer.from(lsid.id.buffer).toString("hex");
    const kept = await stage.engine.sql(
      `SELECT count(*)::text FROM strata_bridge.outcome WHERE session = decode('${id}', 'hex')`,
    );
    expect(kept).toEqual([["1"]]);
  });

  it("waits for the first when that is still running, and does nothing of its own", async () => {
    await items("slow").insertOne({ _id: 1, n: 0 });
    const blocker = stage.client.startSession();
    blocker.startTransaction();
    await items("slow").updateOne({ _id: 1 }, { $inc: { n: 100 } }, { session: blocker });
    const update = { update: "slow", updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }], $db: "retry" };
    const repeated = { ...update, lsid: sessionId(), txnNumber: 1n };
    const clients = [await RawClient.connect(stage.bridge.port), await RawClient.connect(stage.bridge.port)];
    const replies = Promise.all(clients.map((client) => client.command(repeated)));
    const waiting = "SELECT count(*)::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    await until(async () => (await stage.engine.sql(waiting))[0]?.[0] === "2");
    await blocker.commitTransaction();
    await blocker.endSession();
    const [first, second] = await replies;
    expect(second).toEqual(first);
    expect(await items("slow").findOne()).toEqual({ _id: 1, n: 101 });
    for (const client of clients) client.close();
  });

  it("is recognised by another bridge, as is a commit", async () => {
    await items("restart").insertOne({ _id: 1, n: 0 });
    const lsid = sessionId();
    const write = {
      update: "restart",
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      $db: "retry",
      lsid,
      txnNumber: 1n,
    };
    const transaction = { lsid, txnNumber: 2n, autocommit: false };
    const commit = { commitTransaction: 1, $db: "admin", ...transaction };

    const before = await RawClient.connect(stage.bridge.port);
    const first = await before.command(write);
    before.close();

    const { port, password } = stage.engine;
    const next = await openBridge({ enginePort: port, password, port: 0, log: () => {} });
    const after = await RawClient.connect(next.port);
    expect(await after.command(write)).toEqual(first);
    await after.command({
      insert: "restart",
      documents: [{ _id: 2, n: 0 }],
      $db: "retry",
      startTransaction: true,
      ...transaction,
    });
    expect(await after.command(commit)).toMatchObject({ ok: 1 });
    after.close();
    await next.close();

    const again = await RawClient.connect(stage.bridge.port);
    expect(await again.command(commit)).toMatchObject({ ok: 1 });
    again.close();
    expect(await items("restart").find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 0 },
    ]);
  });
});
