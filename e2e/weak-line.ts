import { connect, createServer, type Socket } from "node:net";

export interface WeakLine {
  /** The console, by a way that can be cut. */
  url: string;
  /** Everything that is open breaks off, and nothing gets through until it is mended. */
  cut: () => void;
  mend: () => void;
  close: () => Promise<void>;
}

/** A way to the console that a journey can cut: a browser that is told to be offline keeps what is open. */
export async function weakLineTo(baseURL: string): Promise<WeakLine> {
  const target = new URL(baseURL);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, target.hostname, ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The line has no port.");
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${target.protocol}//${target.hostname}:${address.port}`,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      drop();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
