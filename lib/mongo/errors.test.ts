import { type Collection, MongoClient } from "mongodb";
import { expect, test } from "vitest";
import { isMongoAway } from "./errors";

/** What work on a collection fails with; the driver's own errors, none made here. */
async function failureOf(url: string, work: (rows: Collection) => Promise<unknown>): Promise<unknown> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 500 });
  try {
    return await work(client.db("strata_errors").collection("rows")).catch((error: unknown) => error);
  } finally {
    await client.close();
  }
}

test("a server that is not there is away", async () => {
  const failure = await failureOf("mongodb://127.0.0.1:9/?directConnection=true", (rows) => rows.findOne());
  expect(isMongoAway(failure)).toBe(true);
});

test("a query that is wrong is a query that is wrong", async () => {
  const failure = await failureOf(process.env.MONGODB_URI ?? "", (rows) => rows.findOne({ $nothing: 1 }));
  expect(failure).toBeInstanceOf(Error);
  expect(isMongoAway(failure)).toBe(false);
});
