import { z } from "zod";

/** What ends an export: its trailer, or the reason it has none. */
const ending = z.object({ _strata: z.enum(["trailer", "error"]), complete: z.boolean().optional() });

/**
 * The lines of an export without its trailer. An answer that breaks off, or that its trailer does not call complete, is a
 * failure: half of a copy looks like a whole one.
 */
export async function exportedLines(
  body: ReadableStream<Uint8Array>,
  onLines: (count: number) => void,
): Promise<string[]> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  let rest = "";
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    onLines(lines.length);
    if (done) break;
  }
  const last = lines.pop();
  const end = last?.startsWith('{"_strata"') ? ending.safeParse(JSON.parse(last)).data : undefined;
  if (end?._strata !== "trailer" || end.complete === false) {
    throw new Error("The rows could not be read to their end. Try again.");
  }
  return lines;
}
