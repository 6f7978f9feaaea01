import { expect, test } from "vitest";
import { noteAct } from "@/lib/archive/audit-outbox";
import { deleteEpisode } from "@/lib/archive/deletion/request";
import { listRestores, requestRestore } from "@/lib/archive/restore/request";
import { setRetention } from "@/lib/archive/retention/policy";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { ensureEpisode } from "@/lib/logs/episodes";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { logAuditOutbox, logRestores } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import { chunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, expectSound } from "@/lib/testing/archive";
import { ageChunks, chunkAt, deletionOf, passUndoDelay } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { auditJob } from "./audit";
import { deletionJob } from "./deletion";
import type { Job } from "./job";
import { reconcileJob } from "./reconcile";
import { restoreJob } from "./restore";
import { retentionJob } from "./retention";
import { scrubJob } from "./scrub";
import { sweepJob } from "./sweep";

testDatabase();
testMongo();
testObjects();

const round = (job: Job) => job.run(new AbortController().signal);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test("an audit entry that a process left behind is delivered, once", async () => {
  const { scope } = await archivedEpisode(20);
  const act = { action: "archive.retry", resourceType: "log_episode", resourceId: "left" };
  await scoped(scope).transaction((tx) => noteAct(tx, scope, act));
  await round(auditJob());
  expect(await listAuditOf(scope, act)).toEqual([]);
  const outbox = scoped(scope).collection(logAuditOutbox);
  await outbox.updateMany({}, { $set: { at: daysAgo(1) } });
  await Promise.all([round(auditJob()), round(auditJob())]);
  // It stands under who acted and when, not under the worker and now.
  expect(await listAuditOf(scope, act)).toMatchObject([{ actor: "user", actorId: scope.userId }]);
  expect((await listAuditOf(scope, act))[0]?.at.getTime()).toBeLessThan(daysAgo(0.5).getTime());
  expect(await outbox.countDocuments({})).toBe(0);
});

test("chunks that nobody read for a week are read again", async () => {
  const { scope, episodeId } = await archivedEpisode(250);
  await objectStore().delete((await chunkAt(scope, episodeId, 1)).src);
  await round(scrubJob());
  expect(await chunkAt(scope, episodeId, 1)).toMatchObject({ state: "verified" });
  await scoped(scope)
    .collection(logChunks)
    .updateMany({ episodeId }, { $set: { verifiedAt: daysAgo(8) } });
  await round(scrubJob());
  expect(await chunkAt(scope, episodeId, 1)).toMatchObject({ state: "missing" });
  expect((await chunkAt(scope, episodeId, 0)).verifiedAt.getTime()).toBeGreaterThan(daysAgo(1).getTime());
});

test("young objects without a chunk are left alone", async () => {
  const { scope, episodeId } = await archivedEpisode(20);
  const key = chunkKey(scope.workspaceId, episodeId, { chunkNumber: 5, epoch: 1, sha256: "ef".repeat(32) });
  await objectStore().put(key, Buffer.from("young"));
  await round(sweepJob());
  expect(await objectStore().head(key)).not.toBeNull();
});

test("counters of an episode at rest are corrected once a day", async () => {
  const { scope, episodeId } = await archivedEpisode(20);
  const records = scoped(scope).collection(logMetadata);
  const wrong = { $inc: { currentLogs: 3n } };
  await records.updateOne({ episodeId }, wrong);
  await round(reconcileJob());
  expect(await records.findOne({ episodeId })).toMatchObject({ currentLogs: 3n });
  await records.updateOne({ episodeId }, { $set: { lastWrittenAt: daysAgo(1) } });
  await round(reconcileJob());
  await expectSound(scope, episodeId);
  await records.updateOne({ episodeId }, wrong);
  await round(reconcileJob());
  expect(await records.findOne({ episodeId })).toMatchObject({ currentLogs: 3n });
});

test("episodes whose rows do not add up keep no other from being counted, and no worker busy", async () => {
  const { scope, episodeId } = await archivedEpisode(20);
  const records = scoped(scope).collection(logMetadata);
  for (let index = 0; index < 20; index++) await ensureEpisode(scope, `lost-${index}`);
  await records.updateMany(
    { episodeId: /^lost-/ },
    { $set: { nextSequenceNumber: 5n, lastWrittenAt: daysAgo(1) } },
  );
  await records.updateOne({ episodeId }, { $inc: { currentLogs: 3n }, $set: { lastWrittenAt: daysAgo(1) } });
  await round(reconcileJob());
  expect(await round(reconcileJob())).toBe(false);
  await expectSound(scope, episodeId);
});

async function stateOf(scope: WorkspaceScope, episodeId: string) {
  const [restore] = await listRestores(scope, episodeId);
  return restore && { state: restore.state, cleared: restore.cleared };
}

test("a restore is copied, and cleared away when its time is over", async () => {
  const { scope, episodeId } = await archivedEpisode(250);
  await requestRestore(scope, { episodeId, from: 0n, to: 150n, hours: 1 });
  expect(await round(restoreJob())).toBe(true);
  expect(await stateOf(scope, episodeId)).toEqual({ state: "ready", cleared: false });
  expect(await round(restoreJob())).toBe(false);
  await scoped(scope)
    .collection(logRestores)
    .updateMany({ episodeId }, { $set: { expiresAt: daysAgo(1) } });
  await round(restoreJob());
  expect(await stateOf(scope, episodeId)).toEqual({ state: "expired", cleared: true });
  expect(await chunkAt(scope, episodeId, 0)).not.toHaveProperty("restoredUntil");
});

test("a restore that fails each time keeps nobody else's waiting", async () => {
  const [broken, other] = [await archivedEpisode(120), await archivedEpisode(120)];
  await scoped(broken.scope)
    .collection(logChunkIndex)
    .updateOne({ episodeId: broken.episodeId, chunkNumber: 0 }, { $set: { "members.0.length": 10 } });
  for (const { scope, episodeId } of [broken, other])
    await requestRestore(scope, { episodeId, from: 0n, to: 50n, hours: 1 });
  await expect(round(restoreJob())).rejects.toThrow();
  expect(await stateOf(other.scope, other.episodeId)).toMatchObject({ state: "ready" });
});

test("a workspace's retention marks, waits and deletes", async () => {
  const { scope, episodeId } = await archivedEpisode(250);
  await setRetention(scope, { days: 30, undoHours: 24 });
  await ageChunks(scope, episodeId, [0], 40);
  await round(retentionJob());
  expect((await chunkAt(scope, episodeId, 0)).deleteAfter?.getTime()).toBeGreaterThan(Date.now());
  await passUndoDelay(scope);
  await round(retentionJob());
  expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 150 });
});

test("a deleted episode is purged", async () => {
  const { scope, episodeId } = await archivedEpisode(120);
  const { src } = await chunkAt(scope, episodeId, 0);
  await deleteEpisode(scope, { episodeId, confirm: episodeId, reason: "test" });
  await round(deletionJob());
  expect(await deletionOf(scope, episodeId)).toMatchObject({ state: "draining" });
  expect(await objectStore().head(src)).toBeNull();
});
