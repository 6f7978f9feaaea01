import "server-only";
import { reconcileEpisode } from "@/lib/archive/reconcile/reconcile";
import { listAuditOf } from "@/lib/db/audit";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { checkAll } from "../check/final";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

/** Work that was done by half, and counters that are wrong. */
export const halfDoneCases: FaultCase[] = [
  {
    id: "F19 partial",
    title: "part of a committed chunk's rows is deleted, the rest is not",
    quick: true,
    run: partialDelete,
  },
  {
    id: "F18 unknown",
    title: "a commit succeeds, its archiver never learns of it and gives the lease back",
    quick: true,
    run: unknownCommit,
  },
  { id: "F19 aborted", title: "writers make the archiver's transactions start over", run: conflicts },
  { id: "F20", title: "counters are wrong", run: wrongCounters },
  { id: "F27 full", title: "the disk takes no object", run: fullDisk },
  { id: "F27 memory", title: "a chunk of long lines is packed", run: longLines },
];

/** F19: deleting goes on where it was cut short; nothing is counted twice. */
async function partialDelete(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  const child = world.start(episode.archiving({ at: "before S6", nth: 1, how: "kill" }));
  world.assume(await child.reached(), "harness", () => "The archiver never got to S6.");
  await child.killed();
  const { archivedThrough } = await episode.record();
  const from = BigInt(random.whole(0, Number(archivedThrough)));
  const to = BigInt(random.whole(Number(from), Number(archivedThrough)));
  world.choose("deleted", `${from}-${to}`);
  const rows = scoped(world.scope).collection(logEntries);
  await rows.deleteMany({ episodeId: episode.id, sequenceNumber: { $gte: from, $lte: to } });
  await checkAll(world, episode);
}

/** F18: what was committed is deleted by the next archiver, also when there is nothing else for it to do. */
async function unknownCommit(world: World): Promise<void> {
  const { random } = world;
  const rows = random.whole(50, 200);
  const episode = await world.episode({ rows, chunkSize: rows });
  const child = world.start(episode.archiving({ at: "before S6", nth: 1, how: "kill" }));
  world.assume(await child.reached(), "harness", () => "The archiver never got to S6.");
  await child.killed();
  const records = scoped(world.scope).collection(logMetadata);
  await records.updateOne({ episodeId: episode.id }, { $set: { archiveLease: null, isArchiving: false } });
  await checkAll(world, episode);
}

/** F19: a commit that meets others is done again from its start, and counts once. */
async function conflicts(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ chunkSize: random.whole(30, 60), rows: random.whole(200, 400) });
  const archiver = world.start(episode.archiving(null));
  const batches = Array.from({ length: random.whole(6, 14) }, () => episode.newBatch(random.whole(5, 40)));
  const writer = world.start(episode.sending(episode.newBatch(random.whole(20, 60)), null));
  await Promise.all(batches.map((batch) => episode.send(batch)));
  await Promise.all([archiver.outcome(), writer.outcome()]);
  await checkAll(world, episode);
}

/** F20: counters are put right by counting, and the trail says what they were. */
async function wrongCounters(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  if (world.choose("archived", random.chance(0.5))) await episode.archive();
  const off = () => BigInt(random.whole(1, 50) * (random.chance(0.5) ? 1 : -1));
  const names = [
    "totalLogs",
    "currentLogs",
    "archivedLogs",
    "currentMongoBytes",
    "levelCounts.error",
  ] as const;
  const $inc = Object.fromEntries(names.filter(() => random.chance(0.6)).map((name) => [name, off()]));
  if (Object.keys($inc).length === 0) $inc.currentLogs = off();
  world.choose("wrong", Object.keys($inc).join("+"));
  await scoped(world.scope).collection(logMetadata).updateOne({ episodeId: episode.id }, { $inc });
  const result = await reconcileEpisode(world.scope, episode.id);
  const repaired = result.ok ? result.repaired.toSorted().join() : result.message;
  world.assume(repaired === Object.keys($inc).toSorted().join(), "F20", () => `Repaired was ${repaired}.`);
  const trail = await listAuditOf(world.scope, { resourceType: "log_episode", resourceId: episode.id });
  world.assume(trail.length === 1, "F20", () => `The trail has ${trail.length} entries about it.`);
  await checkAll(world, episode);
}

/** F27: what cannot be written is not committed and nothing is deleted; with room again, it goes on. */
async function fullDisk(world: World): Promise<void> {
  const { random } = world;
  const { children, objects } = world.facilities;
  // A limit on the size of files is about a folder, not about a bucket.
  world.keepObjectsIn({ kind: "directory", directory: objects });
  const episode = await world.episode({ chunkSize: random.whole(150, 300) });
  const limit = world.choose("limitBytes", random.pick([512, 1024, 2048]));
  const outcome = await children.takeLimited(episode.archiving(null), limit).outcome();
  const [result] = outcome?.archive ?? [];
  world.crashes++;
  const { archivedThrough, lastArchiveError } = await episode.record();
  world.assume(
    result?.outcome === "failed" && archivedThrough === -1n && !!lastArchiveError,
    "F27",
    () =>
      `With ${limit} bytes for a file: ${JSON.stringify(result)}, archived to ${archivedThrough}, ${lastArchiveError}.`,
  );
  await checkAll(world, episode);
}

const mostBytes = 700 * 1024 * 1024;

/** F27: memory does not grow with what a chunk could hold. */
async function longLines(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode({ rows: random.whole(20, 60), kind: "long", chunkSize: 1_000 });
  const outcome = await world.start(episode.archiving(null)).outcome();
  const rss = outcome?.maxRssBytes ?? Number.POSITIVE_INFINITY;
  world.choose("rssMB", Math.round(rss / 1024 / 1024));
  world.assume(rss < mostBytes, "F27", () => `The archiver took ${rss} bytes of memory.`);
}
