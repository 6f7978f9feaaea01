import { describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { ingestBatch } from "@/lib/logs/ingest";
import { getEpisode, getLogEntry, readLogPage } from "@/lib/logs/queries";
import { allCollections } from "@/lib/mongo/collections/all";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { chunkKey, episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { deletionOf } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import { logLines, parsedLines, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "../archiver";
import { listHolds, placeHold, releaseHold } from "../hold";
import { copyRestore } from "../restore/copy";
import { listRestores, requestRestore } from "../restore/request";
import { sweepOrphans } from "../sweep";
import { purgeEpisode } from "./purge";
import { deleteEpisode } from "./request";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

const later = { now: new Date(Date.now() + 3_600_000) };

function deleteIt(scope: WorkspaceScope, episodeId: string) {
  return deleteEpisode(scope, { episodeId, confirm: episodeId, reason: "asked by the customer" });
}

/** Where anything of the episode is left, but the note that it was deleted. */
async function traces(scope: WorkspaceScope, episodeId: string): Promise<string[]> {
  const left: string[] = [];
  for (const definition of allCollections) {
    if (!("episodeId" in definition.schema.shape) || definition.name === "logDeletions") continue;
    const found = await scoped(scope).collection(definition).countDocuments({ episodeId });
    if (found > 0) left.push(definition.name);
  }
  for await (const { key } of objectStore().list(episodePrefix(scope.workspaceId, episodeId))) left.push(key);
  return left;
}

describe("an episode that is deleted", () => {
  test("is gone for readers at once, and nothing of it is left when its writers have ended", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    await uploadLines(scope, episodeId, logLines(30, 250));
    await requestRestore(scope, { episodeId, from: 0n, to: 50n, hours: 1 });
    const [restore] = await listRestores(scope, episodeId);
    if (restore) await copyRestore(scope, restore);
    expect(await deleteIt(scope, episodeId)).toMatchObject({ ok: true });
    expect(await getEpisode(scope, episodeId)).toBeNull();
    expect(await getLogEntry(scope, episodeId, 20n)).toBeNull();
    const page = { from: "0", direction: "forward", limit: 10, filter: {} } as const;
    expect(await readLogPage(scope, episodeId, page)).toBeNull();

    expect(await purgeEpisode(scope, await deletionOf(scope, episodeId))).toBe("draining");
    expect(await traces(scope, episodeId)).toEqual([]);
    expect(await purgeEpisode(scope, await deletionOf(scope, episodeId))).toBe("draining");
    expect(await purgeEpisode(scope, await deletionOf(scope, episodeId), later)).toBe("done");
    const trail = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
    expect(trail[0]).toMatchObject({
      action: "archive.delete_episode",
      reason: "asked by the customer",
      before: { rows: 280, chunks: 3 },
    });
  });

  test("gives its id free only when nothing is left, and the next one starts at 0", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    await deleteIt(scope, episodeId);
    await expect(uploadLines(scope, episodeId, logLines(5))).rejects.toThrow("Its id is free again");
    await purgeEpisode(scope, await deletionOf(scope, episodeId));
    await expect(uploadLines(scope, episodeId, logLines(5))).rejects.toThrow("Its id is free again");
    await purgeEpisode(scope, await deletionOf(scope, episodeId), later);
    await uploadLines(scope, episodeId, logLines(40));
    await archiveEpisode(scope, episodeId, everything);
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 40, hotRows: 0 });
  });

  test("takes the lease from an archiver, which commits nothing and leaves nothing (F33)", async () => {
    const { scope, episodeId } = await filledEpisode(250);
    const result = await archiveEpisode(scope, episodeId, {
      ...everything,
      onPoint: async (point) => {
        if (point !== "before S5") return;
        await deleteIt(scope, episodeId);
        await purgeEpisode(scope, await deletionOf(scope, episodeId));
      },
    });
    expect(result).toMatchObject({ outcome: "failed", chunks: 0 });
    expect(await getEpisode(scope, episodeId)).toBeNull();
    await purgeEpisode(scope, await deletionOf(scope, episodeId), later);
    expect(await traces(scope, episodeId)).toEqual([]);
  });

  test("keeps no row of a writer that was in the middle of a batch", async () => {
    const { scope, episodeId } = await filledEpisode(50);
    const batch = { episodeId, batchId: "late", entries: parsedLines(logLines(30, 50)), final: true };
    const writing = ingestBatch(scope, batch, async (step) => {
      if (step !== "reserved") return;
      await deleteIt(scope, episodeId);
      await purgeEpisode(scope, await deletionOf(scope, episodeId));
    });
    // It is told so: nothing that was acknowledged is lost.
    await expect(writing).rejects.toMatchObject({ code: "conflict" });
    expect(await scoped(scope).collection(logEntries).countDocuments({ episodeId })).toBeGreaterThan(0);
    await purgeEpisode(scope, await deletionOf(scope, episodeId), later);
    expect(await traces(scope, episodeId)).toEqual([]);
  });

  test("is no error of ours to a writer that was in the middle of a batch", async () => {
    const { scope, episodeId } = await filledEpisode(50);
    const batch = { episodeId, batchId: "late", entries: parsedLines(logLines(30, 50)), final: true };
    const writing = ingestBatch(scope, batch, async (step) => {
      if (step === "written") await deleteIt(scope, episodeId);
    });
    await expect(writing).rejects.toMatchObject({ code: "conflict" });
  });

  test("is not purged a second time from under the episode that has its id by then", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    await deleteIt(scope, episodeId);
    await purgeEpisode(scope, await deletionOf(scope, episodeId));
    const listed = await deletionOf(scope, episodeId);
    expect(await purgeEpisode(scope, listed, later)).toBe("done");
    await uploadLines(scope, episodeId, logLines(40));
    // Another worker, which had it on its list.
    expect(await purgeEpisode(scope, listed, later)).toBe("done");
    expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 40 });
  });

  test.each(["rows_gone", "objects_gone"])(
    "takes nothing of the next episode with it when its purge rests at %s and another worker ends it",
    async (at) => {
      const { scope, episodeId } = await archivedEpisode(120);
      await deleteIt(scope, episodeId);
      await purgeEpisode(scope, await deletionOf(scope, episodeId));
      const drainedAt = new Date(Date.now() - 60_000);
      await scoped(scope).collection(logDeletions).updateOne({ episodeId }, { $set: { drainedAt } });
      const resting = purgeEpisode(scope, await deletionOf(scope, episodeId), {
        onPoint: async (point) => {
          if (point !== at) return;
          expect(await purgeEpisode(scope, await deletionOf(scope, episodeId))).toBe("done");
          const settings = { chunkSize: 100, archiveThreshold: 100, keepHot: 20 };
          await uploadLines(scope, episodeId, logLines(250), { settings });
          await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
          await uploadLines(scope, episodeId, logLines(30, 250));
        },
      });
      await resting;
      expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 230, hotRows: 50 });
    },
  );

  test("has its late objects swept", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    await deleteIt(scope, episodeId);
    await purgeEpisode(scope, await deletionOf(scope, episodeId), later);
    const late = { chunkNumber: 9, epoch: 9, sha256: "cd".repeat(32) };
    await objectStore().put(chunkKey(scope.workspaceId, episodeId, late), Buffer.from("late"));
    expect(await sweepOrphans(scope, { dryRun: false, minAgeMs: -60_000 })).toMatchObject({ deleted: 1 });
  });
});

describe("deleting is refused", () => {
  test("while a legal hold is in force", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    await placeHold(scope, { episodeId: null, reason: "case 12" });
    await expect(deleteIt(scope, episodeId)).rejects.toThrow("A legal hold forbids this: case 12");
    await expectSound(scope, episodeId);
    const [hold] = (await listHolds(scope)).rows;
    await releaseHold(scope, { holdId: String(hold?._id), reason: "closed" });
    expect(await deleteIt(scope, episodeId)).toMatchObject({ ok: true });
  });

  test("without the id typed again, for an unknown episode, and for somebody else's", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    const wrong = deleteEpisode(scope, { episodeId, confirm: "episode", reason: "r" });
    await expect(wrong).rejects.toMatchObject({ code: "bad_input" });
    await expect(deleteIt(scope, "nowhere")).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteIt(await memberScope("owner"), episodeId)).rejects.toMatchObject({
      code: "not_found",
    });
    await expectSound(scope, episodeId);
  });
});

test.concurrent.each(["rows_gone", "objects_gone", "records_gone", "drained"])(
  "a purge killed at %s goes on, and leaves nothing",
  { timeout: 60_000 },
  async (at) => {
    const { scope, episodeId } = await archivedEpisode(250);
    await uploadLines(scope, episodeId, logLines(30, 250));
    await deleteIt(scope, episodeId);
    const { workspaceId } = scope;
    const { signal, output } = await runFault(
      { kind: "upkeep", operation: "purge", workspaceId, episodeId, at },
      { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    expect({ signal, output }).toEqual({ signal: "SIGKILL", output: "" });
    expect(await getEpisode(scope, episodeId)).toBeNull();
    expect(await purgeEpisode(scope, await deletionOf(scope, episodeId), later)).toBe("done");
    expect(await traces(scope, episodeId)).toEqual([]);
  },
);
