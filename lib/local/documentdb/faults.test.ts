import { once } from "node:events";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type BridgeProcess,
  describeWithEngine,
  sessionId,
  startBridgeProcess,
  startTestEngine,
  type TestEngine,
  until,
  uriOf,
} from "./testing";
import { RawClient } from "./testing-raw";

describeWithEngine("an engine that is killed", () => {
  let engine: TestEngine;
  let bridge: BridgeProcess;
  let client: MongoClient;
  beforeAll(async () => {
    engine = await startTestEngine();
    bridge = await startBridgeProcess({ dataDir: engine.dataDir, enginePort: engine.port });
    client = new MongoClient(uriOf(bridge.port));
  });
  afterAll(async () => {
    await client?.close();
    if (bridge) {
      bridge.process.kill("SIGTERM");
      await once(bridge.process, "exit");
    }
    await engine?.stop();
  });

  const postmaster = async () =>
    Number((await engine.sql("SELECT pg_read_file('postmaster.pid')"))[0]?.[0]?.split("\n")[0]);
  const workingBackends = async () => {
    const rows = await engine.sql(
      "SELECT pid::text FROM pg_stat_activity WHERE application_name = 'strata-bridge' AND wait_event_type = 'Lock'",
    );
    return rows.map(([pid]) => Number(pid));
  };

  /** Eight loops of writes, interrupted; every write is acknowledged in the end and was done exactly once. */
  async function writeThrough(name: string, interrupt: () => Promise<void>): Promise<void> {
    const items = client.db("faults").collection<{ _id: string; n?: number }>(name);
    const loops = 8;
    const each = 40;
    let done = 0;
    const writing = Promise.all(
      Array.from({ length: loops }, async (_, loop) => {
        for (let i = 0; i < each; i++) {
          await items.insertOne({ _id: `${loop}-${i}` });
          await items.updateOne({ _id: "sum" }, { $inc: { n: 1 } }, { upsert: true });
          done++;
        }
      }),
    );
    await until(() => done > loops * 5);
    await interrupt();
    await writing;
    expect(await items.findOne({ _id: "sum" })).toEqual({ _id: "sum", n: loops * each });
    expect(await items.countDocuments()).toBe(loops * each + 1);
  }

  /** The answer to a write that waits for another's lock when the engine dies under it. */
  async function answerOfInterrupted(fields: object) {
    const items = client.db("faults").collection<{ _id: number }>("locked");
    const update = { update: "locked", updates: [{ q: { _id: 1 }, u: { $set: { n: 1 } } }], $db: "faults" };
    const [holder, waiter] = [await RawClient.connect(bridge.port), await RawClient.connect(bridge.port)];
    const lsid = sessionId();
    await items.replaceOne({ _id: 1 }, {}, { upsert: true });
    for (let txnNumber = 1n; ; txnNumber++) {
      const held = await holder.command({
        ...update,
        lsid,
        txnNumber,
        autocommit: false,
        startTransaction: true,
      });
      let settled = false;
      const answer = waiter.command({ ...update, lsid: sessionId(), ...fields }).finally(() => {
        settled = true;
      });
      await until(async () => settled || held.ok !== 1 || (await workingBackends()).length > 0);
      const [backend] = await workingBackends();
      if (backend && held.ok === 1 && !settled) process.kill(backend, "SIGKILL");
      const reply = await answer;
      // A connection that was still dying of the kill before may fail the set-up; a driver would repeat it too.
      if (!backend) continue;
      holder.close();
      waiter.close();
      return reply;
    }
  }

  it("by the loss of one backend: every write arrives once, with the same client", async () => {
    await writeThrough("backend", async () => {
      const [pid] = await engine.sql(
        "SELECT pid::text FROM pg_stat_activity WHERE application_name = 'strata-bridge' LIMIT 1",
      );
      process.kill(Number(pid?.[0]), "SIGKILL");
    });
  });

  it("answers what was running with 91 or 11600, labelled so that drivers repeat it", async () => {
    const numbered = await answerOfInterrupted({ txnNumber: 1n });
    expect(numbered).toMatchObject({ ok: 0, errorLabels: ["RetryableWriteError"] });
    expect([91, 11600]).toContain(numbered.code);
    const plain = await answerOfInterrupted({});
    expect([91, 11600]).toContain(plain.code);
    expect(plain.errorLabels).toBeUndefined();
    const inside = await answerOfInterrupted({ txnNumber: 1n, autocommit: false, startTransaction: true });
    expect(inside).toMatchObject({ ok: 0, errorLabels: ["TransientTransactionError"] });
  });

  it("altogether: the bridge starts it again and every write arrives once", async () => {
    const before = await postmaster();
    await writeThrough("postmaster", async () => {
      process.kill(before, "SIGKILL");
    });
    expect(await postmaster()).not.toBe(before);
  });

  it("and a transaction under way is repeated by withTransaction", async () => {
    const items = client.db("faults").collection<{ _id: string; n: number }>("repeated");
    await items.insertOne({ _id: "a", n: 0 });
    let runs = 0;
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await items.updateOne({ _id: "a" }, { $inc: { n: 1 } }, { session });
        if (++runs === 1) process.kill(await postmaster(), "SIGKILL");
        await items.insertOne({ _id: `run-${runs}`, n: runs }, { session });
      }),
    );
    expect(runs).toBe(2);
    expect(await items.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: "a", n: 1 },
      { _id: "run-2", n: 2 },
    ]);
  });

  it("a bridge that is killed and started again on its port serves the same client", async () => {
    const items = client.db("faults").collection<{ _id: number }>("restarted");
    await items.insertOne({ _id: 1 });
    bridge.process.kill("SIGKILL");
    await once(bridge.process, "exit");
    bridge = await startBridgeProcess({
      dataDir: engine.dataDir,
      enginePort: engine.port,
      port: bridge.port,
    });
    await items.insertOne({ _id: 2 });
    expect(await items.countDocuments()).toBe(2);
  });

  it("an engine that was stopped on purpose stays stopped, and commands say so", async () => {
    const stopped = await startTestEngine();
    const alone = await startBridgeProcess({ dataDir: stopped.dataDir, enginePort: stopped.port });
    const raw = await RawClient.connect(alone.port);
    expect(await raw.command({ count: "x", $db: "faults" })).toMatchObject({ ok: 1 });
    process.kill(stopped.pid, "SIGINT");
    await until(async () => (await raw.command({ count: "x", $db: "faults" })).ok === 0);
    const answer = await raw.command({ count: "x", $db: "faults" });
    expect(answer).toMatchObject({ code: 91, errmsg: expect.stringContaining("stopped") });
    raw.close();
    alone.process.kill("SIGTERM");
    expect(await once(alone.process, "exit")).toEqual([0, null]);
    await stopped.stop();
  });
});
