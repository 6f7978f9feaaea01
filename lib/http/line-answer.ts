import "server-only";
import { failureOf } from "@/lib/auth/failure";

/**
 * An answer of JSON lines that are written while the work is done; an error of it is the last line, of kind "failed". Whoever
 * goes away ends the work. `finished` is called once, however it ended.
 */
export function lineAnswer(
  asked: AbortSignal,
  where: string,
  work: (write: (line: object) => void, signal: AbortSignal) => Promise<void>,
  finished: () => void = () => {},
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([asked, stop.signal]);
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      const write = (line: object) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const run = async () => {
        try {
          await work(write, signal);
        } catch (error) {
          if (!signal.aborted) write({ kind: "failed", ...(await failureOf(error, where)) });
        } finally {
          finished();
        }
        if (!stop.signal.aborted) controller.close();
      };
      void run();
    },
    cancel() {
      stop.abort();
    },
  });
}
