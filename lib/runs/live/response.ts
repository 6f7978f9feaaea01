import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { longAnswer } from "@/lib/auth/long-answer";
import { failed } from "@/lib/auth/route";
import { byteStream, untilLeft } from "@/lib/logs/byte-stream";
import { takePlace } from "@/lib/logs/open-answers";
import { runEventText } from "./events";
import { followRun } from "./follow";
import { positionFrom } from "./position";

/** The answer to a request for a run's events: it goes on until the reader leaves or the run is over. */
export async function runEventsResponse(
  scope: WorkspaceScope,
  runId: string,
  request: Request,
): Promise<Response> {
  // What a reader sends that comes again counts more than the address it first asked for.
  const from = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("from");
  const answer = await longAnswer(scope.workspaceSlug, "runs:read");
  const { left, signal } = untilLeft(request);
  const leave = takePlace(scope, "run");
  // Also of an answer whose body nobody ever began to read.
  signal.addEventListener("abort", leave, { once: true });
  const events = await followRun(scope, runId, positionFrom(from), { answer, signal }).catch(
    (error: unknown) => {
      leave();
      throw error;
    },
  );
  if (!events) {
    leave();
    return failed({ ok: false, code: "not_found", message: "There is no such run." });
  }
  return new Response(byteStream(untilDone(runEventText(events), leave), left), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Whatever holds events back to pack or keep them would make a live view late.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

async function* untilDone<T>(pieces: AsyncGenerator<T>, done: () => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    done();
  }
}
