import type { z } from "zod";
import { failureOf, unreachable } from "./fetch-json";

/**
 * Reads JSON lines from one of our own routes as they come, and gives what each piece of the answer held. A line that is
 * not whole yet waits for the rest of it.
 */
export async function* fetchLines<T>(
  url: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  method: "GET" | "POST" = "GET",
): AsyncGenerator<T[]> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      signal,
      headers: { accept: "application/x-ndjson" },
      cache: "no-store",
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok || !response.body) throw failureOf(response, await response.json().catch(() => null));
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of piecesOf(response.body, signal)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    const whole = lines.filter((line) => line !== "");
    if (whole.length > 0) yield whole.map((line) => schema.parse(JSON.parse(line)));
  }
}

/** Not every browser can iterate a body. Who leaves the loop ends the request. */
async function* piecesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable("The connection broke off.");
  } finally {
    await reader.cancel().catch(() => {});
  }
}
