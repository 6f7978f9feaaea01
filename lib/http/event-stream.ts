import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LongAnswer, longAnswer } from "@/lib/auth/long-answer";
import type { Permission } from "@/lib/auth/roles";
import { failed } from "@/lib/auth/route";
import { byteStream, untilDone, untilLeft } from "./byte-stream";
import { type PlaceKind, takePlace } from "./open-answers";

interface EventStream {
  permission: Permission;
  /** Among which open answers it is counted. */
  place: PlaceKind;
  /** The events as text; null when there is nothing to follow, which `missing` says. */
  follow: (until: { answer: LongAnswer; signal: AbortSignal }) => Promise<AsyncGenerator<Uint8Array> | null>;
  missing: string;
}

/** Server-sent events that go on until they end or the reader leaves. Whoever asks takes a place, and gives it back once. */
export async function eventStreamResponse(
  scope: WorkspaceScope,
  request: Request,
  { permission, place, follow, missing }: EventStream,
): Promise<Response> {
  const answer = await longAnswer(scope.workspaceSlug, permission);
  const { left, signal } = untilLeft(request);
  const leave = takePlace(scope, place);
  // Also of an answer whose body nobody ever began to read.
  signal.addEventListener("abort", leave, { once: true });
  const events = await follow({ answer, signal }).catch((error: unknown) => {
    leave();
    throw error;
  });
  if (!events) {
    leave();
    return failed({ ok: false, code: "not_found", message: missing });
  }
  return new Response(byteStream(untilDone(events, leave), left), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Whatever holds events back to pack or keep them would make a live view late.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
