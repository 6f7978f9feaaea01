import { spawn } from "node:child_process";
import { join } from "node:path";
import { env } from "@/lib/env";

const root = join(import.meta.dirname, "../..");

interface Stores {
  databaseUrl: string;
  mongoDatabase: string;
  objectStore: string;
}

/** What a process does until it kills itself, with SIGKILL, at a named point; see `fault-child.ts`. */
export type Fault =
  | { kind: "ingest"; workspaceId: string; episodeId: string; batchId: string; rows: number; at: string }
  | {
      kind: "archive";
      workspaceId: string;
      episodeId: string;
      everything: boolean;
      ttlMs: number;
      at: string;
    }
  | { kind: "upkeep"; workspaceId: string; episodeId: string; operation: Upkeep; at: string }
  | { kind: "export"; workspaceId: string; episodeId: string; partBytes: number; at: string };

/** What happens to an archive after it was written; see `fault-upkeep.ts`. */
export type Upkeep = "expire" | "restore" | "purge";

/** Runs a fault in a process of its own, against the stores of this test, and gives the signal it ended by. */
export async function runFault(
  fault: Fault,
  stores: Stores,
): Promise<{ signal: string | null; output: string }> {
  const child = spawn(
    process.execPath,
    [
      "--conditions=react-server",
      "--import",
      "tsx",
      join(import.meta.dirname, "fault-child.ts"),
      JSON.stringify(fault),
    ],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        MONGODB_URI: env().MONGODB_URI,
        DATABASE_URL: stores.databaseUrl,
        MONGODB_DATABASE: stores.mongoDatabase,
        OBJECT_STORE_DIR: stores.objectStore,
      },
    },
  );
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (_code, signal) => resolve({ signal, output }));
  });
}
