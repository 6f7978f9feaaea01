import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { lineAnswer } from "@/lib/http/line-answer";
import { takePlace } from "@/lib/http/open-answers";
import { type EpisodeCheck, verifyEpisode } from "../verify";

/** A check as JSON carries it: numbers of rows as digits, times as ISO text. */
export function toCheckJson(check: EpisodeCheck) {
  const spanText = ({ from, to }: { from: bigint; to: bigint }) => ({
    from: from.toString(),
    to: to.toString(),
  });
  return {
    ...check,
    tombstoneRanges: check.tombstoneRanges.map(spanText),
    expired: check.expired.map(({ from, to, chunkNumber, rows, expiredAt }) => ({
      ...spanText({ from, to }),
      chunkNumber,
      rows,
      expiredAt: expiredAt.toISOString(),
    })),
  };
}

/**
 * A check as it is made, a line of JSON each: `{"kind":"progress",…}` per chunk, at last `{"kind":"result",…}`, or
 * `{"kind":"failed",…}` where it could not be made. Whoever goes away ends it.
 */
export function verifyAnswer(
  scope: WorkspaceScope,
  episodeId: string,
  asked: AbortSignal,
): ReadableStream<Uint8Array> {
  const leave = takePlace(scope, "check");
  return lineAnswer(
    asked,
    `verify ${episodeId}`,
    async (write, signal) => {
      const onProgress = (checked: number, chunks: number) => write({ kind: "progress", checked, chunks });
      const result = await verifyEpisode(scope, episodeId, { signal, onProgress });
      write(
        result
          ? { kind: "result", ...toCheckJson(result) }
          : { kind: "failed", code: "not_found", message: "The episode was deleted meanwhile." },
      );
    },
    leave,
  );
}
