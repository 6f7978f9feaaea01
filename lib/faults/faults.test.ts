import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { faultSuites } from "./cases/all";
import { ChildPool } from "./child/pool";
import { runSeed } from "./run-seed";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

describe("one seed of each quick fault leaves nothing wrong", () => {
  let children: ChildPool;
  beforeAll(() => {
    const environment = {
      DATABASE_URL: database.url,
      MONGODB_URI: env().MONGODB_URI,
      MONGODB_DATABASE: mongo.name,
      OBJECT_STORE_DIR: objects.directory,
    };
    children = new ChildPool(environment, 2);
  });
  afterAll(() => children.close());

  const quick = [...faultSuites.logs, ...faultSuites.runs].filter((each) => each.quick);
  test.each(quick)("$id: $title", { timeout: 120_000 }, async (faultCase) => {
    const seed = 1 + quick.indexOf(faultCase);
    const result = await runSeed(seed, faultCase, {
      children,
      objects: objects.directory,
      engine: null,
      s3: null,
      edition: "test",
    });
    expect(result.violations, JSON.stringify(result.parameters)).toEqual([]);
  });
});
