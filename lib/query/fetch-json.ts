import { z } from "zod";

/** As lib/auth/route.ts writes it. */
const failureBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), requestId: z.string().nullish() }),
});

/** An answer of one of our routes that is not the wanted one, or no answer at all. */
export class FetchFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = "FetchFailure";
  }

  /** Asking again cannot help: the person is signed out, may not, or the thing is gone. */
  get lasting(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** Reads JSON from one of our own routes and parses it, so that both sides hold the same type. */
export async function fetchJson<T>(
  url: string,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
  /** A question that is too long for a URL. */
  body?: object,
): Promise<T> {
  const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) };
  const question = body ? { method: "POST", body: JSON.stringify(body) } : {};
  let response: Response;
  try {
    response = await fetch(url, { signal, headers, cache: "no-store", ...question });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
  const answered: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureOf(response, answered);
  const answer = schema.safeParse(answered);
  if (answer.success) return answer.data;
  // Most likely a page of an earlier version that is still open.
  console.error(answer.error);
  const message = "The answer is not what this page expects. Reload the page.";
  throw new FetchFailure(response.status, "unreadable", message, response.headers.get("x-request-id"));
}

export function unreachable(message = "The server does not answer."): FetchFailure {
  return new FetchFailure(0, "unreachable", message, null);
}

/** What an answer that is not the wanted one says. */
export function failureOf(response: Response, body: unknown): FetchFailure {
  const failure = failureBody.safeParse(body).data?.error;
  return new FetchFailure(
    response.status,
    failure?.code ?? "unreadable",
    failure?.message ?? `The server answered ${response.status}.`,
    failure?.requestId ?? response.headers.get("x-request-id"),
  );
}
