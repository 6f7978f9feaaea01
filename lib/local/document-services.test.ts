import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unavailableReason } from "./documentdb/provision";
import { baseFolder } from "./home";
import { commandLine } from "./process-table";
import { endProcess, identify } from "./processes";
import { testFolder } from "./testing-folder";
import { Supervisors, stop } from "./testing-supervisors";

const reason = unavailableReason();
const why = reason ? ` (skipped: ${reason})` : "";

let base: string;
let supervisors: Supervisors;

beforeEach(() => {
  base = testFolder("documents");
  // The packages are those that all profiles share; what is tested here is who starts and ends the servers.
  supervisors = new Supervisors([base, process.env.STRATA_ENGINE_DIR ?? path.join(baseFolder(), "engine")], {
    MONGODB_URI: "",
    DATABASE_URL: "",
  });
});

afterEach(async () => {
  supervisors.killAll();
  await Promise.all(serversOf(base).map((pid) => endProcess(identify(pid), { signal: "SIGKILL" })));
  rmSync(base, { recursive: true, force: true });
});

test.skipIf(reason)(
  `the document engine survives kill -9 of its command, is taken over with its data, and ends with the next one${why}`,
  { timeout: 120_000 },
  async () => {
    const first = await supervisors.start();
    await withDocuments(first.service.where, (client) =>
      client.db("kept").collection("rows").insertOne({ n: 1 }),
    );
    await stop(first.child, "SIGKILL");
    expect(serversOf(base)).not.toEqual([]);

    const second = await supervisors.start();
    expect(second.service).toEqual({ ...first.service, reused: true });
    await stop(second.child, "SIGINT");
    expect(serversOf(base)).toEqual([]);

    const third = await supervisors.start();
    expect(third.service).toMatchObject({ where: first.service.where, reused: false });
    const kept = await withDocuments(third.service.where, (client) =>
      client.db("kept").collection("rows").countDocuments(),
    );
    expect(kept).toBe(1);
    await stop(third.child, "SIGTERM");
    expect(serversOf(base)).toEqual([]);
  },
);

async function withDocuments<T>(where: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(`mongodb://${where}/?directConnection=true`);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Server processes on data below this folder; commands of the tests themselves name it too and do not count. */
function serversOf(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const line = commandLine(pid);
      return line.includes(folder) && !line.includes("testing-supervisor");
    });
}
