import type { LogEntryRow, LogGapRow } from "../schema";

/** What a live tail tells, in the order of the sequence. Each event says how far it reaches: that is where a reader goes on. */
export type TailEvent =
  | { kind: "rows"; rows: LogEntryRow[]; through: bigint }
  | { kind: "gap"; gap: LogGapRow; through: bigint }
  /** The reader was too slow for a live view; these numbers exist and can be read as pages. */
  | { kind: "skipped"; from: bigint; through: bigint }
  | { kind: "state"; nextSequenceNumber: bigint; archivedThrough: bigint; ended: boolean; through: bigint }
  | { kind: "heartbeat" }
  | { kind: "end"; code: string; message: string };

/** How soon a browser whose connection dropped comes again, in milliseconds. */
export const retryMs = 1_000;

const encoder = new TextEncoder();

/** Events as server-sent text. JSON has no line ends of its own, so one data line holds each. */
export async function* eventText(events: AsyncIterable<TailEvent>): AsyncGenerator<Uint8Array> {
  for await (const event of events) yield encoder.encode(textOf(event));
}

function textOf(event: TailEvent): string {
  switch (event.kind) {
    case "rows":
      return message("rows", event.rows, event.through);
    case "gap":
      return message("gap", event.gap, event.through);
    case "skipped":
      return message("skipped", { from: String(event.from), to: String(event.through) }, event.through);
    case "state": {
      const { nextSequenceNumber, archivedThrough, ended, through } = event;
      const state = {
        nextSequenceNumber: String(nextSequenceNumber),
        archivedThrough: String(archivedThrough),
        ended,
      };
      return message("state", state, through);
    }
    case "heartbeat":
      return ": still here\n\n";
    case "end":
      return message("end", { code: event.code, message: event.message });
  }
}

function message(name: string, content: unknown, id?: bigint): string {
  const position = id === undefined ? "" : `id: ${id}\n`;
  return `${position}event: ${name}\nretry: ${retryMs}\ndata: ${JSON.stringify(content)}\n\n`;
}
