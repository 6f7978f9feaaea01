import { describe, expect, test, vi } from "vitest";
import { checkEpisode } from "@/lib/logs/verify";
import { everything, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import { messagesOf, range, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { archiveEpisode } from "./archiver";
import { listArchiveAttempts } from "./queries";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

describe("killed at any step, the archive goes on from there", () => {
  // Nothing happens between the end of one step and the start of the next: after S3 is before S4.
  test.concurrent.each(["after S0", "after S1", "before S3", "after S3", "after S4", "after S5", "after S6"])(
    "%s",
    { timeout: 120_000 },
    async (at) => {
      const { scope, episodeId } = await filledEpisode();
      const { signal, output } = await runFault(
        { kind: "archive", workspaceId: scope.workspaceId, episodeId, everything: true, ttlMs: 1_000, at },
        { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
      );
      expect(output).toBe("");
      expect(signal).toBe("SIGKILL");

      // Whatever was left behind: every row is there, once, in its place, and every counter is right.
      const between = await checkEpisode(scope, episodeId);
      expect(between.problems).toEqual([]);
      expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(250).map((n) => `line ${n}`));
      const committed = at === "after S5" || at === "after S6";
      expect(between.archivedRows).toBe(committed ? 100 : 0);

      // The dead holder's lease ends by itself; then the next one finishes.
      const result = await vi.waitUntil(
        async () => {
          const next = await archiveEpisode(scope, episodeId, everything);
          return next.outcome === "busy" ? null : next;
        },
        { timeout: 60_000, interval: 100 },
      );
      expect(result).toMatchObject({ outcome: "done", rows: committed ? 150 : 250 });
      const after = await checkEpisode(scope, episodeId);
      expect(after.problems).toEqual([]);
      expect(after).toMatchObject({ hotRows: 0, archivedRows: 250, unpruned: 0 });
      // At most the one object that nobody came to point at.
      expect(after.orphans.length).toBeLessThanOrEqual(committed ? 0 : 1);
      expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(range(250).map((n) => `line ${n}`));
      const attempts = await listArchiveAttempts(scope, episodeId, 20);
      // Whoever had the lease is on record, and so is how far it came.
      expect(attempts.at(-1)).toMatchObject({ epoch: 1, outcome: committed ? "archived" : "failed" });
      expect(attempts.filter(({ outcome }) => outcome === "running")).toEqual([]);
    },
  );
});
