/**
 * A real S3-speaking server for tests, benchmarks and fault runs, on a machine with nothing installed:
 *
 *   const server = await startS3Server({ signal });          // fetched once (37 MB), then ready in half a second
 *   const client = new S3Client({ endpoint: server.endpoint, forcePathStyle: true, region: "us-east-1", credentials: … });
 *   await server.stop();
 *
 * Any credentials will do; buckets are made as usual; everything is in memory and gone with the server. Where S3_ENDPOINT is
 * given, that server is used and nothing is started. `unavailableS3()` says why there can be none.
 */
import { once } from "node:events";
import path from "node:path";
import { debianArchitecture } from "../documentdb/apt";
import { engineUser } from "../documentdb/identity";
import type { ProvisionProgress } from "../documentdb/types";
import { baseFolder } from "../home";
import { untilStopped } from "../interrupt";
import { provisionS3Server, s3ServerUnavailable } from "./provision";
import { firstLine, pythonCommand, spawnPython } from "./python";

export interface RunningS3Server {
  endpoint: string;
  /** Null for a server that was given from outside. */
  pid: number | null;
  stop(): Promise<void>;
}

interface StartOptions {
  /** Where the unpacked server is kept. */
  engineDir?: string;
  signal?: AbortSignal;
  onProgress?: (event: ProvisionProgress) => void;
}

/** Why there can be no S3 server here, or null. A run that could not get one says so to its tests. */
export function unavailableS3(): string | null {
  if (process.env.S3_ENDPOINT) return null;
  return process.env.STRATA_S3_UNAVAILABLE || s3ServerUnavailable();
}

/** Beside the document engine's packages, shared by all profiles. */
export const s3ServerFolder = (
  engineDir = process.env.STRATA_ENGINE_DIR ?? path.join(baseFolder(), "engine"),
) => path.join(engineDir, "s3");

export async function startS3Server({
  engineDir,
  signal,
  onProgress,
}: StartOptions = {}): Promise<RunningS3Server> {
  const given = process.env.S3_ENDPOINT;
  if (given) return { endpoint: given, pid: null, stop: async () => {} };
  const stop = signal ?? new AbortController().signal;
  const root = await untilStopped(stop, provisionS3Server(s3ServerFolder(engineDir), onProgress));
  const command = pythonCommand(root, await debianArchitecture());
  const child = spawnPython(command, { compile: false, user: engineUser() });
  const end = () => void child.stdin.end();
  signal?.addEventListener("abort", end, { once: true });
  try {
    const { port } = await firstLine(child);
    return {
      endpoint: `http://127.0.0.1:${port}`,
      pid: child.pid ?? null,
      stop: async () => {
        signal?.removeEventListener("abort", end);
        end();
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}
