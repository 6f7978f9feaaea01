import { readFileSync } from "node:fs";
import { BSON } from "mongodb";
import { describe, expect, it } from "vitest";
import { describeWithEngine, until, useEngine } from "./testing";
import { RawClient } from "./testing-raw";
import { MAX_MESSAGE_BYTES, MessageReader, readFields, readMessage } from "./wire";

function message(opcode: number, content: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + content.length, 0);
  head.writeInt32LE(opcode, 12);
  return Buffer.concat([head, content]);
}

describe("the framing of messages", () => {
  const body = Buffer.from(BSON.serialize({ ping: 1, $db: "admin" }));
  const ping = message(2013, Buffer.concat([Buffer.alloc(5), body]));

  it("messages are found however the stream is cut", () => {
    const stream = Buffer.concat([ping, ping, ping]);
    for (const size of [1, 7, 16, 17, ping.length, stream.length]) {
      const reader = new MessageReader();
      const found: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size)
        found.push(...reader.push(stream.subarray(at, at + size)));
      expect(found.map((one) => one.equals(ping))).toEqual([true, true, true]);
    }
  });

  it("a length that cannot be is refused before it is waited for", () => {
    for (const length of [0, 15, -1, MAX_MESSAGE_BYTES + 1]) {
      const head = Buffer.alloc(16);
      head.writeInt32LE(length, 0);
      expect(() => new MessageReader().push(head)).toThrow("not acceptable");
    }
  });

  it("documents beside the command are kept apart from it", () => {
    const first = Buffer.from(BSON.serialize({ _id: 1 }));
    const name = Buffer.from("documents\0");
    const size = Buffer.alloc(4);
    size.writeInt32LE(4 + name.length + first.length, 0);
    const section = Buffer.concat([Buffer.from([1]), size, name, first]);
    const read = readMessage(message(2013, Buffer.concat([Buffer.alloc(5), body, section])));
    expect(read.sequence?.equals(first)).toBe(true);
    expect(read.body.equals(body)).toBe(true);
  });

  it("a section that claims more than the message holds is refused", () => {
    const broken = Buffer.from(body);
    broken.writeInt32LE(body.length + 10, 0);
    expect(() => readMessage(message(2013, Buffer.concat([Buffer.alloc(5), broken])))).toThrow("longer");
  });

  it("large fields stay unread, except the one that names the command", () => {
    const large = { text: "x".repeat(10_000) };
    const fields = readFields(
      Buffer.from(BSON.serialize({ explain: large, documents: [large], $db: "a", n: 1n })),
    );
    expect(fields).toEqual({ explain: large, $db: "a", n: 1n });
  });
});

describeWithEngine("the wire protocol of the bridge", () => {
  const stage = useEngine();
  const connect = () => RawClient.connect(stage.bridge.port);
  const closed = (client: RawClient) =>
    new Promise<void>((resolve) => client.socket.once("close", () => resolve()));

  it("hello is answered over the old opcode and the new one, and announces what the engine can do", async () => {
    const client = await connect();
    const name = Buffer.concat([Buffer.alloc(4), Buffer.from("admin.$cmd\0"), Buffer.alloc(8)]);
    const legacy = await client.send(
      2004,
      Buffer.concat([name, BSON.serialize({ isMaster: 1, helloOk: true })]),
    );
    const current = await client.command({ hello: 1, $db: "admin" });
    for (const reply of [legacy, current]) {
      expect(reply).toMatchObject({ ok: 1, isWritablePrimary: true, logicalSessionTimeoutMinutes: 30 });
      expect(reply?.maxWireVersion).toBeLessThanOrEqual(24);
    }
    client.close();
  });

  it("an opcode that was not announced ends the connection", async () => {
    const client = await connect();
    expect(await client.send(2012, Buffer.alloc(20))).toBeNull();
  });

  it("a message that is too long ends the connection, and others go on", async () => {
    const client = await connect();
    const head = Buffer.alloc(16);
    head.writeInt32LE(MAX_MESSAGE_BYTES + 1, 0);
    const end = closed(client);
    client.socket.write(head);
    await end;
    const other = await connect();
    expect(await other.command({ ping: 1, $db: "admin" })).toMatchObject({ ok: 1 });
    other.close();
  });

  it("broken BSON is answered with 9 and the connection goes on", async () => {
    const client = await connect();
    const broken = Buffer.concat([Buffer.alloc(5), BSON.serialize({ ping: 1, $db: "admin" })]);
    broken[9] = 0x7e;
    expect(await client.send(2013, broken)).toMatchObject({ ok: 0, code: 9 });
    expect(await client.command({ ping: 1, $db: "admin" })).toMatchObject({ ok: 1 });
    client.close();
  });

  it("unacknowledged writes are done without an answer, also when the client leaves at once", async () => {
    const client = await connect();
    const insert = (_id: number) => ({
      insert: "silent",
      documents: [{ _id }],
      writeConcern: { w: 0 },
      $db: "protocol",
    });
    for (let id = 0; id < 20; id++) client.commandWithoutReply(insert(id));
    client.socket.end();
    const silent = stage.client.db("protocol").collection("silent");
    await until(async () => (await silent.countDocuments()) === 20);
    const acknowledged = await connect();
    acknowledged.commandWithoutReply(insert(100));
    expect(await acknowledged.command({ count: "silent", $db: "protocol" })).toMatchObject({ n: 21 });
    acknowledged.close();
  });

  it("a URI with a password is refused with what to do about it", async () => {
    const client = await connect();
    const reply = await client.command({
      saslStart: 1,
      mechanism: "SCRAM-SHA-256",
      payload: Buffer.from("n,,"),
      $db: "admin",
    });
    expect(reply).toMatchObject({ code: 18, errmsg: expect.stringContaining("MONGODB_URI") });
    client.close();
  });

  it("a query of a client that is gone is stopped in the engine", async () => {
    const rows = stage.client.db("protocol").collection<{ _id: number }>("rows");
    await rows.insertMany(Array.from({ length: 3000 }, (_, _id) => ({ _id })));
    const cross = [
      { $lookup: { from: "rows", pipeline: [{ $match: { $expr: { $gt: ["$_id", 3] } } }], as: "all" } },
      { $unwind: "$all" },
      { $group: { _id: null, n: { $sum: "$all._id" } } },
    ];
    const active = async () =>
      (
        await stage.engine.sql(
          "SELECT pid::text FROM pg_stat_activity WHERE state = 'active' AND application_name = 'strata-bridge' AND query LIKE '%aggregate_cursor%' AND pid <> pg_backend_pid()",
        )
      ).length;
    const client = await connect();
    void client.command({ aggregate: "rows", pipeline: cross, cursor: {}, $db: "protocol" }).catch(() => {});
    await until(async () => (await active()) === 1);
    client.close();
    await until(async () => (await active()) === 0);
  });

  it("the bridge listens on the loopback address only", async () => {
    const tables = ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFileSync(file, "utf8")).join("\n");
    for (const port of [stage.bridge.port, stage.engine.port]) {
      const hex = port.toString(16).toUpperCase().padStart(4, "0");
      const listening = tables.split("\n").filter((line) => line.includes(`:${hex} `) && / 0A /.test(line));
      expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${hex}`]);
    }
  });
});
