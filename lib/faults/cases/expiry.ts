import "server-only";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { workerPlatformScope } from "@/lib/auth/access";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

const worker = join(import.meta.dirname, "../../worker/main.ts");
const name = "planted_expiry";
const tenYears = 315_360_000;

export const expiryCases: FaultCase[] = [
  {
    id: "F24",
    title: "an index lets the database delete entries by age",
    // The index is on the collection of every seed.
    alone: true,
    run: plantedExpiry,
  },
];

/** F24: no worker runs beside such an index, and it says what to do about it. */
async function plantedExpiry(world: World): Promise<void> {
  const entries = acrossWorkspaces(workerPlatformScope(), logEntries);
  await world.episode({ rows: 50 });
  await entries.createIndex({ createdAt: 1 }, { name, expireAfterSeconds: tenYears });
  try {
    const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", worker], {
      env: process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
        // One that starts its jobs all the same would go on for ever.
        if (said.includes("worker started")) child.kill("SIGKILL");
      });
    }
    const [code, signal] = await once(child, "exit");
    world.assume(
      code === 1 && said.includes(name),
      "F24",
      () =>
        `Beside an index with an expiry the worker ended with ${code ?? signal} and said: ${said.slice(0, 500)}`,
    );
  } finally {
    await entries.dropIndex(name);
  }
}
