import { z } from "zod";
import { runDetail, taskRow } from "../schema";

/** What of a task never changes while its run exists, and so is never told again. */
const fixedOfTask = {
  id: true,
  nodeId: true,
  name: true,
  nodeType: true,
  executorType: true,
  upstreamNodeIds: true,
} as const;

export const taskPatch = taskRow.omit(fixedOfTask);
export type TaskPatch = z.infer<typeof taskPatch>;
export const runPatch = runDetail.omit({ id: true }).partial();
export type RunPatch = z.infer<typeof runPatch>;

/** What changed in a run since the event before, each change as it is now. Told twice it does no harm. */
export const runChanges = z.object({
  runId: z.string(),
  seq: z.string(),
  asOf: z.iso.datetime(),
  run: runPatch.optional(),
  tasks: z.array(z.object({ taskId: z.string(), patch: taskPatch })),
});
export type RunChanges = z.infer<typeof runChanges>;

/** Nothing changed, and the server looked at that time. */
export const runStill = z.object({ runId: z.string(), asOf: z.iso.datetime() });

/** What this reader missed is more than is told here: read the run whole and go on. */
export const runResync = z.object({ runId: z.string(), seq: z.string() });

/** `over`: the run has come to its end, and this was all. Any other code is a reason to come again, or that none helps. */
export const runEnd = z.object({ code: z.string(), message: z.string() });

export type RunEvent =
  | { kind: "changes"; changes: RunChanges }
  | { kind: "still"; runId: string; asOf: string }
  | { kind: "resync"; runId: string; seq: string }
  | { kind: "end"; code: string; message: string };

/** How soon a program whose connection dropped comes again, in milliseconds. */
const retryMs = 1_000;
const encoder = new TextEncoder();

/** Events as server-sent text. JSON has no line ends of its own, so one data line holds each. */
export async function* runEventText(events: AsyncIterable<RunEvent>): AsyncGenerator<Uint8Array> {
  for await (const event of events) yield encoder.encode(textOf(event));
}

function textOf(event: RunEvent): string {
  switch (event.kind) {
    case "changes":
      return message("changes", event.changes, event.changes.seq);
    case "still":
      return message("still", { runId: event.runId, asOf: event.asOf });
    case "resync":
      return message("resync", { runId: event.runId, seq: event.seq }, event.seq);
    case "end":
      return message("end", { code: event.code, message: event.message });
  }
}

function message(name: string, content: unknown, id?: string): string {
  const position = id === undefined ? "" : `id: ${id}\n`;
  return `${position}event: ${name}\nretry: ${retryMs}\ndata: ${JSON.stringify(content)}\n\n`;
}
