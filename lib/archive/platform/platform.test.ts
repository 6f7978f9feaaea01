import { beforeAll, expect, test } from "vitest";
import { type PlatformScope, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, filledEpisode } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { minute } from "@/lib/time";
import { acquireLease } from "../lease";
import { getArchiveTotals } from "../queries";
import { scrubEpisode } from "../scrub/scrub";
import { sweepOrphans } from "../sweep";
import { getPlace } from "./places";
import { getPlatformArchive, listEpisodesIn, listFailedAttempts, listHeldLeases } from "./queries";

testDatabase();
testMongo();
testObjects();

const platform: PlatformScope = workerPlatformScope();
let damaged: { scope: WorkspaceScope; episodeId: string };
let calm: { scope: WorkspaceScope; episodeId: string };

beforeAll(async () => {
  damaged = await archivedEpisode();
  calm = await filledEpisode(40);
  await objectStore().delete((await chunkAt(damaged.scope, damaged.episodeId, 0)).src);
  await scrubEpisode(damaged.scope, damaged.episodeId);
});

test("the platform's figures are the sums of what the workspaces see of themselves, the worst of them first", async () => {
  const { totals, workspaces } = await getPlatformArchive(platform);
  const own = [await getArchiveTotals(damaged.scope), await getArchiveTotals(calm.scope)];
  for (const field of ["episodes", "hotLogs", "archivedLogs", "chunks", "verifiedChunks"] as const) {
    expect(totals[field], field).toBe(own.reduce((sum, one) => sum + one[field], 0));
  }
  expect(workspaces.map(({ workspaceId }) => workspaceId)).toEqual([
    damaged.scope.workspaceId,
    calm.scope.workspaceId,
  ]);
  expect(workspaces[0]).toMatchObject({ slug: damaged.scope.workspaceSlug, damagedChunks: 1 });
});

test("one workspace alone is itself and nothing of the others", async () => {
  const { totals, workspaces } = await getPlatformArchive(platform, calm.scope.workspaceId);
  expect(workspaces).toHaveLength(1);
  expect(totals).toMatchObject({ hotLogs: 40, damagedChunks: 0 });
  const { episodes } = await listEpisodesIn(platform, calm.scope.workspaceId);
  expect(episodes.map(({ episodeId }) => episodeId)).toEqual([calm.episodeId]);
});

test("nothing that the platform reads holds a part of a row", async () => {
  const read = await Promise.all([
    getPlatformArchive(platform),
    listEpisodesIn(platform, damaged.scope.workspaceId),
    listFailedAttempts(platform),
    listHeldLeases(platform),
  ]);
  expect(JSON.stringify(read)).not.toMatch(/line \d/);
});

test("a lease is listed while it is held, and not when it has expired", async () => {
  await acquireLease(calm.scope, calm.episodeId, "worker-1:7:abcdef", minute);
  expect(await listHeldLeases(platform)).toMatchObject([
    { episodeId: calm.episodeId, owner: "worker-1:7:abcdef" },
  ]);
  await scoped(calm.scope)
    .collection(logMetadata)
    .updateOne(
      { episodeId: calm.episodeId },
      { $set: { "archiveLease.expiresAt": new Date(Date.now() - 1) } },
    );
  expect(await listHeldLeases(platform)).toEqual([]);
});

test("what a sweep found is known of its workspace afterwards, also when it only looked", async () => {
  const { workspaceId, workspaceSlug } = calm.scope;
  expect((await getPlace(platform, workspaceSlug))?.sweep).toBeNull();
  await objectStore().put(`workspace=${workspaceId}/notes.txt`, Buffer.from("nobody's"));
  await sweepOrphans(calm.scope, { dryRun: true });
  expect((await getPlace(platform, workspaceSlug))?.sweep).toMatchObject({
    dryRun: true,
    unexplained: 1,
    deleted: 0,
  });
});
