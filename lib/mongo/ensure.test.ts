import { expect, test } from "vitest";
import { testMongo } from "@/lib/testing/mongo";
import { mongoDatabase } from "./client";
import { allCollections } from "./collections/all";
import { logBlocks } from "./collections/log-episodes";
import { ensureCollections } from "./ensure";
import { refuseExpiry } from "./refuse-expiry";

testMongo({ ensured: false });

const logCollections = allCollections.filter(({ source }) => source === "log-schema");

const quiet = { created: [], indexesCreated: 0, validatorsUpdated: [], drift: [] };

test("several processes may start at once: everything is made and nobody fails", async () => {
  const reports = await Promise.all([ensureCollections(), ensureCollections(), ensureCollections()]);
  const created = reports.flatMap((report) => report.created);
  expect(new Set(created)).toEqual(new Set(allCollections.map(({ name }) => name)));
  expect(reports.flatMap(({ drift }) => drift)).toEqual([]);
});

test("a second start changes nothing", async () => {
  expect(await ensureCollections()).toEqual(quiet);
});

test("every declared index is there", async () => {
  for (const { name, indexes } of allCollections) {
    const present = (await mongoDatabase().collection(name).indexes()).map((index) => index.name);
    expect(present.sort()).toEqual(["_id_", ...indexes.map((index) => index.name)].sort());
  }
});

test("no unique index of the logs lets one workspace learn of another's names", () => {
  const unique = logCollections.flatMap(({ indexes }) => indexes.filter((index) => index.unique));
  expect(unique.length).toBeGreaterThan(5);
  expect(unique.filter((index) => Object.keys(index.key)[0] !== "workspaceId")).toEqual([]);
});

test("nothing lets the database delete log entries by their age", () => {
  const expiring = logCollections.filter(({ indexes }) =>
    indexes.some((index) => index.expireAfterSeconds !== undefined),
  );
  // Copies of archived rows, and what was found when: the archive itself loses nothing with either.
  expect(expiring.map(({ name }) => name)).toEqual(["logScrubs", "LogEntryRestored"]);
});

test("no start where the database would delete log entries by their age", async () => {
  const entries = mongoDatabase().collection("LogEntry");
  await entries.createIndex({ createdAt: 1 }, { name: "expire_old", expireAfterSeconds: 60 });
  const refusal = {
    code: "conflict",
    message: expect.stringMatching(/expire_old.*dropIndex\("expire_old"\)/),
  };
  await expect(refuseExpiry()).rejects.toMatchObject(refusal);
  await expect(ensureCollections()).rejects.toMatchObject(refusal);
  await entries.dropIndex("expire_old");
  await refuseExpiry();
});

test("a validator that is not the declared one is brought back", async () => {
  await mongoDatabase().command({ collMod: "logBlocks", validator: {}, validationLevel: "strict" });
  expect(await ensureCollections()).toEqual({ ...quiet, validatorsUpdated: ["logBlocks"] });
  expect(await ensureCollections()).toEqual(quiet);
});

test("an index that is gone is made again", async () => {
  const [declared] = logBlocks.indexes;
  if (!declared) throw new Error("logBlocks declares an index");
  await mongoDatabase().collection("logBlocks").dropIndex(declared.name);
  expect(await ensureCollections()).toEqual({ ...quiet, indexesCreated: 1 });
});

test("an index that differs or that nobody declared is reported and left as it is", async () => {
  const collection = mongoDatabase().collection("logBlocks");
  const [declared] = logBlocks.indexes;
  if (!declared) throw new Error("logBlocks declares an index");
  await collection.dropIndex(declared.name);
  await collection.createIndex({ block: 1 }, { name: declared.name });
  await collection.createIndex({ endTime: 1 }, { name: "by_hand" });
  const drift = [
    { collection: "logBlocks", index: declared.name, problem: "differs" },
    { collection: "logBlocks", index: "by_hand", problem: "undeclared" },
  ];
  expect(await ensureCollections()).toEqual({ ...quiet, drift });
  expect((await collection.indexes()).map(({ name }) => name)).toContain("by_hand");
});
