import { randomUUID } from "node:crypto";

export const rowsPerBatch = 10;

/** Addresses of a workspace on the server that is measured. */
export interface Server {
  url: string;
  ingest: string;
  token: string;
}

export async function send(
  { ingest, token }: Server,
  episodeId: string,
  batch: number,
  signal: AbortSignal,
): Promise<void> {
  const lines = Array.from({ length: rowsPerBatch }, (_, row) => {
    const message = `row ${batch * rowsPerBatch + row}`;
    return JSON.stringify({ timestamp: new Date().toISOString(), level: "info", message });
  });
  const answer = await fetch(`${ingest}?episode=${episodeId}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "idempotency-key": randomUUID() },
    body: `${lines.join("\n")}\n`,
    signal,
  });
  const receipt = await answer.text();
  if (answer.status !== 200) throw new Error(`Ingest answered ${answer.status}: ${receipt}`);
}

export async function openTail(
  { url, token }: Server,
  episodeId: string,
  lastEventId: string,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(`${url}/${episodeId}/tail`, {
    headers: { authorization: `Bearer ${token}`, "last-event-id": lastEventId },
    signal,
  });
  if (response.status !== 200)
    throw new Error(`The tail answered ${response.status}: ${await response.text()}`);
  return response;
}

export interface Received {
  id: string | null;
  numbers: number[];
}

/** Whole events as they come; half an event at a broken end is not one. */
export async function readEvents(response: Response, onEvent: (event: Received) => void): Promise<void> {
  if (!response.body) throw new Error("The tail has no body");
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) onEvent(eventOf(block));
  }
}

function eventOf(block: string): Received {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const rows: { seq: string }[] = field("event") === "rows" ? JSON.parse(field("data") ?? "[]") : [];
  if (field("event") === "gap" || field("event") === "skipped")
    throw new Error(`The tail told of a loss: ${block}`);
  return { id: field("id") ?? null, numbers: rows.map(({ seq }) => Number(seq)) };
}

export function ignoreAbort(error: unknown): void {
  const name = error instanceof Error ? error.name : "";
  // A body that breaks off in the middle is what a lost connection looks like, too.
  if (name !== "AbortError" && name !== "TimeoutError") throw error;
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
