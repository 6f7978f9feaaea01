import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { chunkKey, episodePrefix, parseChunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { archiveEpisode } from "./archiver";
import { previewSweep, sweepNow, sweepOrphans } from "./sweep";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

const now = { dryRun: false, minAgeMs: -60_000 };
const sha256 = "ab".repeat(32);

async function plant({ workspaceId }: WorkspaceScope, episodeId: string, epoch: number): Promise<string> {
  const key = chunkKey(workspaceId, episodeId, { chunkNumber: 9, epoch, sha256 });
  await objectStore().put(key, Buffer.from("left behind"));
  return key;
}

test("a key says which chunk it was written for, and nothing else passes for one", () => {
  const key = chunkKey("w", "a:b%c", { chunkNumber: 12, epoch: 3, sha256 });
  expect(parseChunkKey("w", key)).toEqual({ episodeId: "a:b%c", chunkNumber: 12, epoch: 3 });
  expect(parseChunkKey("other", key)).toBeNull();
  expect(parseChunkKey("w", `${episodePrefix("w", "e")}chunk-000012-e3-abababab.jsonl.gz.tmp`)).toBeNull();
  expect(parseChunkKey("w", `${episodePrefix("w", "e")}deep/chunk-000012-e3-abababab.jsonl.gz`)).toBeNull();
});

describe("a sweep", () => {
  test("that a person agreed to takes what was listed, and nothing that has appeared since", async () => {
    const { scope, episodeId } = await archivedEpisode(250);
    const listed = [await plant(scope, episodeId, 1), await plant(scope, `${episodeId}-other`, 1)];
    const old = new Date(Date.now() - 3 * 86_400_000);
    const age = (key: string) => utimes(join(objects.directory, key), old, old);
    await Promise.all(listed.map(age));
    const preview = await previewSweep(scope);
    // Nobody deleted an episode of the other name, so nothing explains what lies there.
    expect(preview).toMatchObject({ orphans: [{ key: listed[0] }], deleted: 0, unexplained: [listed[1]] });
    const later = chunkKey(scope.workspaceId, episodeId, { chunkNumber: 8, epoch: 1, sha256 });
    await objectStore().put(later, Buffer.from("left behind"));
    await age(later);
    const keys = [...listed, (await chunkAt(scope, episodeId, 0)).src];
    expect(await sweepNow(scope, { keys })).toMatchObject({
      message: "Deleted 1 object, 11 B. 2 objects that were listed are no orphan any more.",
    });
    expect(await objectStore().head(later)).not.toBeNull();
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 250, orphans: [later] });
  });

  test("takes what a killed archiver left, and no object of a chunk", { timeout: 60_000 }, async () => {
    const { scope, episodeId } = await filledEpisode(250);
    const { workspaceId } = scope;
    await runFault(
      { kind: "archive", workspaceId, episodeId, everything: true, ttlMs: 1, at: "after S3" },
      { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    // Its lease has expired, but it may only be slow: its object stays until somebody else has the next epoch.
    expect(await sweepOrphans(scope, now)).toMatchObject({ deleted: 0, waiting: 1 });
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done" });
    expect((await expectSound(scope, episodeId)).orphans).toHaveLength(1);

    expect(await sweepOrphans(scope, { dryRun: false })).toMatchObject({ deleted: 0, waiting: 1 });
    const dry = await sweepOrphans(scope, { ...now, dryRun: true });
    expect(dry).toMatchObject({ deleted: 0, orphans: [{ episodeId }] });
    expect((await expectSound(scope, episodeId)).orphans).toEqual([dry.orphans[0]?.key]);
    expect(await sweepOrphans(scope, now)).toMatchObject({ deleted: 1, orphanBytes: dry.orphanBytes });
    expect((await expectSound(scope, episodeId)).orphans).toEqual([]);
    const about = { resourceType: "workspace", resourceId: workspaceId };
    expect(await listAuditOf(scope, about)).toMatchObject([
      { action: "archive.sweep_orphans", actor: "user", after: { deleted: 1 } },
    ]);
  });

  test("never takes an object whose chunk is committed while it looks (I7)", async () => {
    const { scope, episodeId } = await filledEpisode(250);
    // The sweep lists objects while no chunk is there yet, and comes to each of them when all are.
    let swept: Promise<unknown> | null = null;
    const archived = archiveEpisode(scope, episodeId, {
      ...everything,
      onPoint: async (point) => {
        if (point !== "after S3" || swept) return;
        await new Promise<void>((listed) => {
          swept = sweepOrphans(scope, {
            ...now,
            onOrphan: async () => {
              listed();
              await archived;
            },
          });
        });
      },
    });
    expect(await archived).toMatchObject({ outcome: "done", rows: 250 });
    expect(await swept).toMatchObject({ deleted: 0, orphans: [] });
    await expectSound(scope, episodeId);
  });

  test("leaves alone what a database that was set back cannot explain", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    const future = await plant(scope, episodeId, 1_000);
    const nowhere = await plant(scope, "never-heard-of", 1);
    await objectStore().put(`${episodePrefix(scope.workspaceId, episodeId)}notes.txt`, Buffer.from("mine"));
    const { deleted, unexplained } = await sweepOrphans(scope, now);
    expect(deleted).toBe(0);
    expect(unexplained).toHaveLength(3);
    expect(unexplained).toEqual(expect.arrayContaining([future, nowhere]));
  });

  test("keeps an object of the epoch that is held now", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
    const epoch = record?.leaseEpoch ?? 0;
    const key = await plant(scope, episodeId, epoch);
    const archiveLease = { owner: "somebody", epoch, expiresAt: new Date(0) };
    await scoped(scope).collection(logMetadata).updateOne({ episodeId }, { $set: { archiveLease } });
    expect(await sweepOrphans(scope, now)).toMatchObject({ deleted: 0, waiting: 1 });
    await scoped(scope)
      .collection(logMetadata)
      .updateOne({ episodeId }, { $set: { archiveLease: null } });
    expect(await sweepOrphans(scope, now)).toMatchObject({ deleted: 1, orphans: [{ key }] });
  });

  test("looks at nobody else's objects", async () => {
    const { scope, episodeId } = await archivedEpisode(120);
    const key = await plant(scope, episodeId, 1);
    expect(await sweepOrphans(await memberScope("owner"), now)).toMatchObject({
      orphans: [],
      unexplained: [],
    });
    expect(await objectStore().head(key)).not.toBeNull();
    expect(await objectStore().head((await chunkAt(scope, episodeId, 0)).src)).not.toBeNull();
  });
});
