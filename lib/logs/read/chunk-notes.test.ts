import { expect, test, vi } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import { mongoDatabase } from "@/lib/mongo/client";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { everything, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { numbersOf, range, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";

testDatabase();
testMongo();
testObjects();

test("a note of an access that the database refuses fails no read", async () => {
  const { scope, episodeId } = await filledEpisode(100);
  await archiveEpisode(scope, episodeId, everything);
  // The validator refuses every change of a document that does not meet it.
  const longAgo = new Date(Date.now() - 120_000);
  await mongoDatabase()
    .collection(logChunks.name)
    .updateOne(
      { episodeId },
      { $set: { lastAccessed: longAgo, epoch: "none" } },
      { bypassDocumentValidation: true },
    );
  const complaint = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(numbersOf(await walkEpisode(scope, episodeId))).toEqual(range(100));
  await expect.poll(() => complaint.mock.calls.flat().join(" ")).toContain("was not noted");
  const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId });
  expect(chunk?.lastAccessed).toEqual(longAgo);
  complaint.mockRestore();
});
