import "server-only";
import { listArchiveAttempts, listArchiveChunks } from "@/lib/archive/queries";
import type { Episode } from "../episode";
import type { World } from "../world";

/** I10: each chunk was committed under a later epoch than the one before, and no epoch served two attempts. */
export async function checkEpochs(world: World, episode: Episode): Promise<void> {
  const { leaseEpoch } = await episode.record();
  const chunks = await listArchiveChunks(world.scope, episode.id);
  for (const [index, { chunkNumber, epoch }] of chunks.entries()) {
    const before = chunks[index - 1]?.epoch ?? 0;
    world.assume(
      epoch > before && epoch <= leaseEpoch,
      "I10",
      () =>
        `${episode.id}: chunk ${chunkNumber} has epoch ${epoch} after ${before}; the last given is ${leaseEpoch}.`,
    );
  }
  const attempts = await listArchiveAttempts(world.scope, episode.id, 200);
  const epochs = attempts.map(({ epoch }) => epoch);
  world.assume(
    new Set(epochs).size === epochs.length,
    "I10",
    () => `${episode.id}: attempts share an epoch: ${epochs}`,
  );
}
