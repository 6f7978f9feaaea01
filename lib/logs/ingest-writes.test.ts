import { Collection } from "mongodb";
import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, parsedLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { ingestBatch } from "./ingest";
import { getEpisode } from "./queries";

testDatabase();
testMongo();
testObjects();

/** Every way in which the driver changes documents. All of them go through to the database. */
const changes = [
  "updateOne",
  "updateMany",
  "replaceOne",
  "findOneAndUpdate",
  "findOneAndReplace",
  "bulkWrite",
] as const;

test("a batch moves the counters of its episode in one write, however many rows and levels it has", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const store = (batchId: string, first: number) =>
    ingestBatch(scope, { episodeId, batchId, entries: parsedLines(logLines(1000, first)), final: true });
  // Numbers not at the beginning of a block, and times before those that are there.
  await ingestBatch(scope, {
    episodeId,
    batchId: "0",
    entries: parsedLines(logLines(37, 5000)),
    final: true,
  });
  const spies = changes.map((name) => vi.spyOn(Collection.prototype, name));
  await store("1", 0);
  const writes = spies.flatMap((spy) =>
    spy.mock.contexts.flatMap((collection, index) =>
      collection instanceof Collection && collection.collectionName === "LogMetadata"
        ? [JSON.stringify(spy.mock.calls[index]?.slice(0, 2), digits)]
        : [],
    ),
  );
  for (const spy of spies) spy.mockRestore();
  expect(writes.filter((write) => write.includes("totalLogs"))).toHaveLength(1);
  // The other write of the record hands out the numbers.
  expect(writes.filter((write) => !write.includes("totalLogs"))).toEqual([
    expect.stringContaining('{"$inc":{"nextSequenceNumber":"1000"}}'),
  ]);
  expect(await getEpisode(scope, episodeId)).toMatchObject({
    total: 1037,
    firstAt: "2026-11-20T08:00:00.000Z",
  });
});

const digits = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
