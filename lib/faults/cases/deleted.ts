import "server-only";
import type { ArchiveStep } from "@/lib/archive/attempt";
import { purgeEpisode } from "@/lib/archive/deletion/purge";
import { deleteEpisode } from "@/lib/archive/deletion/request";
import { getEpisode, readLogPage } from "@/lib/logs/queries";
import { logArchiveAttempts, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import type { Episode } from "../episode";
import type { FaultCase } from "../fault-case";
import type { World } from "../world";

const steps: [ArchiveStep, ...ArchiveStep[]] = ["S1", "S2", "S3", "S4", "S5", "S6"];

export const deletionCases: FaultCase[] = [
  {
    id: "F33 deleted",
    title: "an episode is deleted while it is archived and written",
    quick: true,
    run: deletedOnTheWay,
  },
];

/** F33: nothing is committed to it any more, and in the end nothing of it is left in any store. */
async function deletedOnTheWay(world: World): Promise<void> {
  const { random } = world;
  const episode = await world.episode();
  const step = world.choose("step", random.pick(steps));
  const archiver = world.start(episode.archiving({ at: `before ${step}`, nth: 1, how: "wait" }));
  const batch = episode.newBatch(random.whole(20, 100));
  const writer = world.start(episode.sending(batch, { at: "reserved", nth: 1, how: "wait" }));
  await Promise.all([archiver.reached(), writer.reached()]);
  const before = await episode.record();
  await deleteEpisode(world.scope, { episodeId: episode.id, confirm: episode.id, reason: "a fault run" });
  world.forget(episode);
  await expectGone(world, episode);
  if (world.choose("purgedBefore", random.chance(0.5))) await purge(world, episode, new Date());
  archiver.go();
  writer.go();
  const [result] = (await archiver.outcome().catch(() => null))?.archive ?? [];
  // At S6 its first chunk is part of the episode already; it makes no other.
  world.assume(
    (result?.chunks ?? 0) <= before.totalChunks,
    "F33",
    () => `An archiver of a deleted episode ended with ${JSON.stringify(result)}.`,
  );
  await writer.outcome().catch(() => null);
  await purge(world, episode, new Date(Date.now() + 3_600_000));
  await expectGone(world, episode);
  const left = await leftOvers(world, episode);
  world.assume(left === "", "F33", () => `Of the deleted episode ${episode.id} are left: ${left}.`);
}

async function purge(world: World, { id }: Episode, now: Date): Promise<void> {
  const deletions = scoped(world.scope).collection(logDeletions);
  const deletion = await deletions.findOne({ episodeId: id }, { sort: { requestedAt: -1 } });
  if (!deletion) throw new Error(`The deletion of ${id} is not on record`);
  await purgeEpisode(world.scope, deletion, { now });
}

/** It answers like an episode that never was. */
async function expectGone(world: World, { id }: Episode): Promise<void> {
  const request = { from: "0", direction: "forward", limit: 10, filter: {} } as const;
  const answers = [await getEpisode(world.scope, id), await readLogPage(world.scope, id, request)];
  world.assume(
    answers.every((answer) => answer === null),
    "F33",
    () => `A deleted episode is still read: ${JSON.stringify(answers).slice(0, 300)}`,
  );
}

async function leftOvers(world: World, { id }: Episode): Promise<string> {
  const stores = scoped(world.scope);
  const one = { episodeId: id };
  const counts = {
    rows: await stores.collection(logEntries).countDocuments(one),
    chunks: await stores.collection(logChunks).countDocuments(one),
    indexes: await stores.collection(logChunkIndex).countDocuments(one),
    blocks: await stores.collection(logBlocks).countDocuments(one),
    reservations: await stores.collection(logReservations).countDocuments(one),
    attempts: await stores.collection(logArchiveAttempts).countDocuments(one),
  };
  const left = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  for await (const { key } of objectStore().list(episodePrefix(world.scope.workspaceId, id))) left.push(key);
  return left.join(", ");
}
