import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logScrubs } from "@/lib/mongo/collections/log-operations";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveScrub } from "./schema";

/* What the archive pages read. Every read is bounded by a limit or a count the database has, and says its own age. */

export { listArchiveAttempts, pageArchiveAttempts } from "./attempt-list";
export { getChunkFacts } from "./chunk-facts";
export { listArchiveChunks, listStripCells } from "./chunk-list";
export { getArchiveEpisode, listArchiveEpisodes } from "./episode-list";
export { getArchiveProof } from "./proof";
export { getArchiveRates } from "./rates";
export { getArchiveTotals } from "./totals";

const problemsShown = 20;

/** The last time somebody looked at the archive of an episode; null when nobody has. */
export async function getLastScrub(scope: WorkspaceScope, episodeId: string): Promise<ArchiveScrub | null> {
  const scrub = await scoped(scope)
    .collection(logScrubs)
    .findOne({ episodeId }, { sort: { startedAt: -1 }, maxTimeMS: 10_000 });
  if (!scrub) return null;
  const { state, whole, chunksChecked, healed, problems } = scrub;
  return {
    at: (scrub.finishedAt ?? scrub.startedAt).toISOString(),
    state,
    whole,
    chunksChecked,
    healed,
    problems: problems.slice(0, problemsShown).map(({ kind, sentence }) => ({ kind, sentence })),
  };
}
