import "server-only";
import { scrubEveryMs } from "@/lib/archive/scrub/cadence";
import { findDueChunks } from "@/lib/archive/scrub/due";
import { scrubEpisode } from "@/lib/archive/scrub/scrub";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { eachInTurn, type Job } from "./job";
import { logEvent } from "./log";

/** With a round a minute, a share of the store's bandwidth that nobody notices; about 90 GB a day. */
const bytesPerRound = 64 * 1024 * 1024;

/** Reads the whole archive again, little by little, the longest-unseen chunks first. */
export function scrubJob(): Job {
  return {
    name: "scrub",
    idleMs: 60_000,
    run: async (signal) => {
      const before = new Date(Date.now() - scrubEveryMs);
      const chunks = await findDueChunks(workerPlatformScope(), before, bytesPerRound);
      await eachInTurn(chunks, signal, async (due) => {
        const scope = await scopeForWorker(due.workspaceId);
        if (!scope) return;
        const { chunkNumbers, episodeId } = due;
        const result = await scrubEpisode(scope, episodeId, { chunkNumbers, signal });
        if (!result || (result.problems.length === 0 && result.healed === 0)) return;
        logEvent(result.problems.length > 0 ? "error" : "info", "archive scrubbed", {
          workspace: scope.workspaceSlug,
          episode: episodeId,
          chunks: result.chunksChecked,
          healed: result.healed,
          problems: result.problems.map(({ sentence }) => sentence).slice(0, 20),
        });
      });
      return false;
    },
  };
}
