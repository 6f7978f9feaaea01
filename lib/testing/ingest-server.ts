import { spawn } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { env } from "@/lib/env";

interface Stores {
  databaseUrl: string;
  mongoDatabase: string;
  objectStore: string;
}

export interface IngestServer {
  send(
    episodeId: string,
    uploadId: string,
    authorization: string,
    body: Buffer,
  ): Promise<{ status: number; text: string }>;
  /** The most bytes that its process has held. */
  peakMemory(): Promise<number>;
  stop(): Promise<void>;
}

/** The ingest of logs behind a real HTTP server, in a process of its own whose memory can be measured. */
export async function startIngestServer(stores: Stores): Promise<IngestServer> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", join(import.meta.dirname, "ingest-server-child.ts")],
    {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        MONGODB_URI: env().MONGODB_URI,
        DATABASE_URL: stores.databaseUrl,
        MONGODB_DATABASE: stores.mongoDatabase,
        OBJECT_STORE_DIR: stores.objectStore,
      },
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    child.once("exit", (code) => reject(new Error(`The ingest server ended with status ${code}`)));
  });
  return {
    send: (episodeId, uploadId, authorization, body) =>
      call(port, "POST", `/?episode=${episodeId}`, { authorization, "idempotency-key": uploadId }, body),
    peakMemory: async () => Number((await call(port, "GET", "/", {})).text),
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function call(port: number, method: string, path: string, headers: Record<string, string>, body?: Buffer) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const length = body ? { "content-length": String(body.length) } : {};
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: { ...headers, ...length }, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
