import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { endEpisode } from "@/lib/logs/episodes";
import { getEpisode } from "@/lib/logs/queries";
import { checkEpisode } from "@/lib/logs/verify";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function startWorker() {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", join(import.meta.dirname, "main.ts")],
    {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        MONGODB_URI: env().MONGODB_URI,
        DATABASE_URL: database.url,
        MONGODB_DATABASE: mongo.name,
        OBJECT_STORE_DIR: objects.directory,
        STRATA_DEMO: "",
      },
    },
  );
  started.push(child);
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  const events = () =>
    output
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, events, ended };
}

const small = { archiveThreshold: 50, chunkSize: 50, keepHot: 10 };

test("the worker archives what is due, in every workspace, and stops when it is told to", {
  timeout: 60_000,
}, async () => {
  const [one, other] = [await memberScope("owner"), await memberScope("owner")];
  const ended = newEpisodeId("ended");
  const full = newEpisodeId("full");
  const quiet = newEpisodeId("quiet");
  await uploadLines(one, ended, logLines(70), { settings: small });
  await endEpisode(one, ended);
  await uploadLines(other, full, logLines(75), { settings: small });
  await uploadLines(other, quiet, logLines(20), { settings: small });
  // What an archiver that died left behind: its lease, which runs out by itself.
  await scoped(other)
    .collection(logMetadata)
    .updateOne(
      { episodeId: full },
      {
        $set: {
          archiveLease: { owner: "gone", epoch: 1, expiresAt: new Date(Date.now() - 1) },
          leaseEpoch: 1,
        },
        // And a record from before there was a time to look at it.
        $unset: { archiveDueAt: "" },
      },
    );

  const worker = startWorker();
  await vi.waitUntil(
    async () =>
      (await getEpisode(one, ended))?.hot === 0 && (await getEpisode(other, full))?.archivedThrough === "49",
    { timeout: 40_000, interval: 100 },
  );
  await vi.waitUntil(
    () => worker.events().filter(({ event }) => event === "episode archived").length === 2,
    10_000,
  );
  const stopping = Date.now();
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  expect(Date.now() - stopping).toBeLessThan(5_000);

  expect(await getEpisode(other, full)).toMatchObject({ hot: 25, archived: 50, archiving: false });
  expect(await getEpisode(other, quiet)).toMatchObject({ hot: 20, archived: 0 });
  for (const [scope, episodeId] of [
    [one, ended],
    [other, full],
    [other, quiet],
  ] as const) {
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
  }
  const events = worker.events();
  expect(events.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      "worker started",
      "worker alive",
      "episode archived",
      "worker stopping",
      "worker stopped",
    ]),
  );
  expect(events.every(({ time, level }) => time && level)).toBe(true);
});
