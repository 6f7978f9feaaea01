import "./environment";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { closeMongo, mongoDatabase, switchMongoDatabase } from "@/lib/mongo/client";
import { ensureCollections } from "@/lib/mongo/ensure";

/**
 * A database of this test file's own on the server of MONGODB_URI, with every collection and index, used by this process
 * and dropped after the tests. Call it once, at the top of the file.
 */
export function testMongo({ ensured = true } = {}): { readonly name: string } {
  const uri = process.env.MONGODB_URI;
  if (!uri || uri.includes("127.0.0.1:1/")) {
    throw new Error("Set MONGODB_URI to a MongoDB server; `npm test` starts one and does.");
  }
  const name = `strata_test_${randomBytes(6).toString("hex")}`;
  beforeAll(async () => {
    switchMongoDatabase(name);
    if (ensured) await ensureCollections();
  });
  afterAll(async () => {
    await mongoDatabase().dropDatabase();
    switchMongoDatabase(undefined);
    await closeMongo();
  });
  return { name };
}
