import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { longAnswer } from "@/lib/auth/long-answer";
import { failed } from "@/lib/auth/route";
import { byteStream, untilLeft } from "../byte-stream";
import { takePlace } from "../open-answers";
import { eventText } from "./event";
import { followEpisode } from "./follow";
import { tailRequestFrom } from "./request";

/** The answer to a request for a tail: it goes on until the reader leaves. */
export async function tailResponse(
  scope: WorkspaceScope,
  episodeId: string,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const wanted = tailRequestFrom(searchParams, request.headers.get("last-event-id"));
  const answer = await longAnswer(scope.workspaceSlug, "logs:read");
  const { left, signal } = untilLeft(request);
  const leave = takePlace(scope, "tail");
  // Also of an answer whose body nobody ever began to read.
  signal.addEventListener("abort", leave, { once: true });
  const events = await followEpisode(scope, episodeId, wanted, { answer, signal }).catch((error: unknown) => {
    leave();
    throw error;
  });
  if (!events) {
    leave();
    return failed({ ok: false, code: "not_found", message: "There is no such episode." });
  }
  return new Response(byteStream(untilDone(eventText(events), leave), left), {
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
