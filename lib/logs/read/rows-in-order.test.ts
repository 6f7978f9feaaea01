import { expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import { seededRandom } from "@/lib/seeded-random";
import { everything, expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { readHotEntries } from "./hot-rows";
import { rowsInOrder } from "./rows-in-order";

testDatabase();
testMongo();
testObjects();

test("rows that together are larger than an answer come in order, and are archived whole", async () => {
  const random = seededRandom("large rows");
  const lines = range(50).map((number) =>
    JSON.stringify({ level: "info", message: `${number} ${"x".repeat(random.whole(200_000, 1_500_000))}` }),
  );
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId("large");
  await uploadLines(scope, episodeId, lines);
  const whole = { from: 0n, to: 49n };
  const read: string[] = [];
  for await (const entries of rowsInOrder(scope, episodeId, whole))
    read.push(...entries.map(({ message }) => message));
  expect(read.map((message) => Number.parseInt(message, 10))).toEqual(range(50));
  const entries = await readHotEntries(scope, episodeId, whole);
  expect(entries.map(({ sequenceNumber }) => Number(sequenceNumber))).toEqual(range(50));
  await expectSound(scope, episodeId);
  expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 50 });
  expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 50 });
});
