import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { failureOf } from "@/lib/auth/failure";
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
  const stop = new AbortController();
  const signal = AbortSignal.any([asked, stop.signal]);
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      const write = (line: object) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const onProgress = (checked: number, chunks: number) => write({ kind: "progress", checked, chunks });
      const check = async () => {
        try {
          const result = await verifyEpisode(scope, episodeId, { signal, onProgress });
          write(
            result
              ? { kind: "result", ...toCheckJson(result) }
              : { kind: "failed", code: "not_found", message: "The episode was deleted meanwhile." },
          );
        } catch (error) {
          if (!signal.aborted) write({ kind: "failed", ...(await failureOf(error, `verify ${episodeId}`)) });
        }
        if (!stop.signal.aborted) controller.close();
      };
      void check();
    },
    cancel() {
      stop.abort();
    },
  });
}
