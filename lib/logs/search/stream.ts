import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { SearchEvent } from "./events";
import { logQueryFrom } from "./query";
import { planSearch, searchEpisode } from "./search-episode";

export const ndjsonHeaders = {
  "content-type": "application/x-ndjson; charset=utf-8",
  "cache-control": "no-store, no-transform",
  // A proxy that collects the answer first would hide that it comes bit by bit.
  "x-accel-buffering": "no",
};

const request = z.object({
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  resume: z.string().max(500).nullable().default(null),
  /** The plan alone, as one JSON object. */
  only: z.literal("plan").nullable().default(null),
});

/** The answer to a request for a search: its events as they happen, or with `only=plan` what it would read. */
export async function searchAnswer(
  scope: WorkspaceScope,
  episodeId: string,
  { url, signal: gone }: Request,
): Promise<Response> {
  const { searchParams } = new URL(url);
  const query = logQueryFrom(searchParams);
  const { limit, resume, only } = searchRequestFrom(searchParams);
  if (only === "plan") {
    const plan = await planSearch(scope, episodeId, query, { resume });
    return Response.json(plan, { headers: { "cache-control": "no-store" } });
  }
  return searchResponse((signal) => searchEpisode(scope, episodeId, query, { limit, resume, signal }), gone);
}

/** `limit`, `resume` and `only` of a URL. */
function searchRequestFrom(params: URLSearchParams): z.infer<typeof request> {
  const parsed = request.safeParse({
    limit: params.get("limit") ?? undefined,
    resume: params.get("resume"),
    only: params.get("only"),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".")}: ${issue?.message}`);
}

/** Each search holds some tens of megabytes; more of them wait their turn at the caller. */
const searchesAtOnce = 12;
let running = 0;

/**
 * The events of a search as lines of JSON. What is wrong with the request is thrown before the first line; what goes wrong
 * later is the last line. When the reader goes away, the search ends.
 */
export async function searchResponse(
  search: (signal: AbortSignal) => AsyncGenerator<SearchEvent>,
  gone: AbortSignal,
): Promise<Response> {
  if (running >= searchesAtOnce) {
    throw new AppError("rate_limited", "Too many searches run right now. Try again in a moment.");
  }
  running++;
  const closing = new AbortController();
  const events = search(AbortSignal.any([gone, closing.signal]));
  let ended = false;
  const end = () => {
    if (!ended) running--;
    ended = true;
    closing.abort();
  };
  gone.addEventListener("abort", end, { once: true });
  // Who left before this is heard no more, and what is answered is not even read.
  if (gone.aborted) end();
  try {
    const first = await events.next();
    return new Response(bytesOf(events, first, end), { headers: ndjsonHeaders });
  } catch (error) {
    end();
    throw error;
  }
}

function bytesOf(
  events: AsyncGenerator<SearchEvent>,
  first: IteratorResult<SearchEvent>,
  end: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (event: SearchEvent) => encoder.encode(`${JSON.stringify(event)}\n`);
  let next: IteratorResult<SearchEvent> | null = first;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const came = next ?? (await events.next());
          next = null;
          if (!came.done) return controller.enqueue(line(came.value));
        } catch (error) {
          controller.enqueue(line(failedEvent(error)));
        }
        end();
        controller.close();
      },
      async cancel() {
        end();
        await events.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function failedEvent(error: unknown): SearchEvent {
  if (error instanceof AppError) return { type: "failed", code: error.code, message: error.message };
  console.error("A search ended with an error:", error);
  const message = "Something went wrong on our side. What was found so far stands.";
  return { type: "failed", code: "failed", message };
}
