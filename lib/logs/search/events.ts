import { z } from "zod";
import { int64Text, logEntryRow, logGapRow } from "../schema";

/** What a search tells while it runs, one JSON object a line. Rows come newest first. */
const count = z.number().int().nonnegative();

export const searchPlan = z.object({
  type: z.literal("plan"),
  /** Chunks of the episode behind the place the search starts from. */
  chunks: count,
  chunksToRead: count,
  bytesToRead: count,
  /** Chunks that cannot hold a hit, by what shows it. */
  skipped: z.object({ level: count, time: count, bloom: count }),
  hotRows: count,
  estimatedMs: count,
  /** False while token filters are still being asked: the figures can only shrink. A final plan follows. */
  final: z.boolean(),
});

export const searchProgress = z.object({
  type: z.literal("progress"),
  chunksDone: count,
  chunksToRead: count,
  bytesRead: count,
  objectsRead: count,
  hits: count,
  /** Everything from here on, to the place the search started from, has been looked at. */
  backTo: z.object({ seq: int64Text, at: z.iso.datetime().nullable() }),
  etaMs: count.nullable(),
  /** Goes on from here in another request, should this one end. */
  resume: z.string(),
});

export const searchRows = z.object({ type: z.literal("rows"), rows: z.array(logEntryRow) });

/** Rows that could not be read, and so may hide hits. */
export const searchGap = z.object({ type: z.literal("gap"), gap: logGapRow });

export const searchDone = z.object({
  type: z.literal("done"),
  reason: z.enum(["complete", "limit", "stopped"]),
  hits: count,
  /** Null when the search came to the first row of the episode. */
  resume: z.string().nullable(),
  bytesRead: count,
  objectsRead: count,
  durationMs: count,
});

/** The search cannot go on; what came before it stands. */
export const searchFailed = z.object({ type: z.literal("failed"), code: z.string(), message: z.string() });

export const searchEvent = z.discriminatedUnion("type", [
  searchPlan,
  searchProgress,
  searchRows,
  searchGap,
  searchDone,
  searchFailed,
]);
export type SearchEvent = z.infer<typeof searchEvent>;
export type SearchPlan = z.infer<typeof searchPlan>;
