import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { casesNamed } from "./cases/all";
import { mutants } from "./mutants";
import { runMutants } from "./mutate";

const root = path.resolve(import.meta.dirname, "../..");
const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

test.each(mutants)("the guard that $name takes out is still in its place", ({ file, find, cases }) => {
  expect(readFileSync(path.join(root, file), "utf8").split(find)).toHaveLength(2);
  expect(casesNamed(cases).length).toBeGreaterThanOrEqual(cases.length);
});

test("an archiver without its fence is seen", { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "strata-mutants-"));
  const said: string[] = [];
  try {
    const environment = {
      DATABASE_URL: database.url,
      MONGODB_URI: env().MONGODB_URI,
      MONGODB_DATABASE: mongo.name,
      OBJECT_STORE_DIR: objects.directory,
    };
    const log = path.join(folder, "lanes.log");
    const lane = { root, environment, engine: null, s3: null, log, seedTimeoutMs: 120_000 };
    const print = (line: string) => void said.push(line);
    const unseen = await runMutants(
      "logs",
      ["unfenced-commit"],
      folder,
      lane,
      print,
      new AbortController().signal,
    );
    expect(unseen).toEqual([]);
    expect(said.join()).toMatch(/^unfenced-commit: seen by F10 beside, seed \d: I10/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
