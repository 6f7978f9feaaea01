import { connect, createServer, type Socket } from "node:net";

/** The wire protocol's message: 16 bytes of header, the whole length first and the kind of message last. */
const headerBytes = 16;
const kindAt = 12;
const commandKind = 2013;

export interface CountingProxy {
  /** The same address with this proxy in the place of the server. */
  uri: string;
  /** Commands that clients have sent so far. */
  commands(): number;
  stop(): Promise<void>;
}

/** Stands before a MongoDB server and counts what it is asked: not every engine counts for itself. */
export async function startCountingProxy(mongoUri: string): Promise<CountingProxy> {
  const target = new URL(mongoUri);
  const sockets = new Set<Socket>();
  let commands = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const count = counterOf(() => commands++);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on("error", () => socket.destroy());
    }
    client.on("data", count);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const uri = new URL(mongoUri);
  uri.hostname = "127.0.0.1";
  uri.port = String(address.port);
  return {
    uri: uri.href,
    commands: () => commands,
    stop: () =>
      new Promise((stopped) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => stopped());
      }),
  };
}

/** Finds the beginnings of messages in a stream of bytes, wherever it is cut. */
function counterOf(found: () => void): (bytes: Buffer) => void {
  let header = Buffer.alloc(0);
  let skip = 0;
  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (skip > 0) {
        const passed = Math.min(skip, bytes.length - at);
        skip -= passed;
        at += passed;
        continue;
      }
      const wanted = bytes.subarray(at, at + headerBytes - header.length);
      header = Buffer.concat([header, wanted]);
      at += wanted.length;
      if (header.length < headerBytes) return;
      if (header.readInt32LE(kindAt) === commandKind) found();
      skip = header.readInt32LE(0) - headerBytes;
      header = Buffer.alloc(0);
    }
  };
}
