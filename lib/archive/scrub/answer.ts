import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { lineAnswer } from "@/lib/http/line-answer";
import { takePlace } from "@/lib/http/open-answers";
import type { ScrubLine } from "../acts/schema";
import { askForScrub } from "./due";
import { scrubEpisode } from "./scrub";

/**
 * A scrub that somebody watches. The wish is on each chunk before the first is read, so what is not read when the watcher
 * leaves is the scrubber's next work.
 */
export function scrubAnswer(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumbers: readonly number[] | undefined,
  asked: AbortSignal,
): ReadableStream<Uint8Array> {
  const leave = takePlace(scope, "check");
  return lineAnswer(
    asked,
    `scrub ${episodeId}`,
    async (tell, signal) => {
      const write = (line: ScrubLine) => tell(line);
      const found =
        (await askForScrub(scope, episodeId, chunkNumbers)) &&
        (await scrubEpisode(scope, episodeId, {
          chunkNumbers,
          signal,
          onProgress: ({ chunksChecked, chunks, bytesRead, problems }) =>
            write({ kind: "progress", chunksChecked, chunks, bytesRead, problems }),
        }));
      if (!found)
        return write({ kind: "failed", code: "not_found", message: "The episode was deleted meanwhile." });
      const { problems, ...result } = found;
      write({ kind: "result", ...result, problems: problems.map(({ sentence }) => sentence).slice(0, 100) });
    },
    leave,
  );
}
