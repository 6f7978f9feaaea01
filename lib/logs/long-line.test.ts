import { expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import { expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { maxLineBytes } from "./ingest-stream";
import { getLogEntry, readLogPage } from "./queries";
import { receiveLogs } from "./receive";

testDatabase();
testMongo();
testObjects();

test("a line of a megabyte is stored whole, live and archived, and lists show its beginning", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  // Letters of one, two and four bytes, so that a cut between two halves of a letter would show.
  const message = Array.from({ length: 90_000 }, (_, index) => `${index}é🚀`).join(" ");
  expect(Buffer.byteLength(message)).toBeGreaterThan(1_000_000);
  const [before = "", after = ""] = logLines(2);
  const tooLong = JSON.stringify({ message: "x".repeat(maxLineBytes) });
  const body = [before, JSON.stringify({ message, level: "warn" }), tooLong, after].join("\n");
  const url = `http://localhost/?episode=${episodeId}`;
  expect(await receiveLogs(scope, new Request(url, { method: "POST", body }))).toMatchObject({
    accepted: 3,
    rejected: 1,
    errors: [{ line: 3, reason: "The line is longer than 4,194,304 bytes" }],
  });

  const expectWhole = async (tier: "hot" | "cold") => {
    expect(await getLogEntry(scope, episodeId, 1n)).toMatchObject({ message, tier });
    const page = await readLogPage(scope, episodeId, {
      from: "0",
      direction: "forward",
      limit: 10,
      filter: { levels: [], text: "" },
    });
    const [, row] = page?.rows ?? [];
    if (row?.kind !== "entry") throw new Error("The row is not there");
    expect(row).toMatchObject({ cut: true, tier });
    expect(row.message.length).toBeLessThan(10_000);
    expect(message.startsWith(row.message)).toBe(true);
    expect(row.message.isWellFormed()).toBe(true);
  };
  await expectWhole("hot");
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: true });
  await expectWhole("cold");
  await expectSound(scope, episodeId);
});
