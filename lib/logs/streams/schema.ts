import { z } from "zod";
import { logLevels } from "../level";
import { logEntryRow, logGapRow } from "../schema";

const count = z.number().int().nonnegative();
const levels = z.object(
  Object.fromEntries(logLevels.map((name) => [name, count])) as Record<
    (typeof logLevels)[number],
    typeof count
  >,
);

/** Where a row stands among those of other streams (place.ts), and at what time. */
const place = { stream: z.string(), place: z.string(), stands: z.number().int() };
export const mergedEntry = logEntryRow.extend(place);
export const mergedGap = logGapRow.extend(place);
export const mergedRow = z.discriminatedUnion("kind", [mergedEntry, mergedGap]);
export type MergedRow = z.infer<typeof mergedRow>;
export type MergedEntry = z.infer<typeof mergedEntry>;

/** The name of a task's stream is its task's, and several runs may have a task of that name. */
export const streamName = z.object({
  episodeId: z.string(),
  name: z.string(),
  runId: z.string().nullable(),
  taskId: z.string().nullable(),
});
export type StreamName = z.infer<typeof streamName>;

/** A page of many streams in one order, ascending. It holds every row between its two ends. */
export const mergedPage = z.object({
  rows: z.array(mergedRow),
  /** How the streams of these rows are called. */
  names: z.array(streamName),
  /** Where the page before this one ends and the page behind it begins. */
  older: z.string(),
  newer: z.string(),
  /** No row lies before the page; behind it. New rows may come behind it. */
  reachesStart: z.boolean(),
  reachesEnd: z.boolean(),
  /** Set when the request had cost enough before it had a full page: how far it has looked, of which kind of cost. */
  lookedTo: z.iso.datetime().nullable(),
  streamsRead: count,
  rowsRead: count,
  bytesRead: count,
  asOf: z.iso.datetime(),
});
export type MergedPage = z.infer<typeof mergedPage>;

/** A stream as lists of streams show it. Counts are exact: kept at ingest. */
export const streamSummary = streamName.extend({
  total: count,
  levels,
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  ended: z.boolean(),
});
export type StreamSummary = z.infer<typeof streamSummary>;

/** What a set of streams holds: sums of their counters. */
export const streamSetSummary = z.object({
  /** Streams with rows, most rows first; of very many only the first. */
  streams: z.array(streamSummary),
  streamCount: count,
  total: count,
  levels,
  archived: count,
  stored: count,
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** Streams that may get more rows. */
  open: count,
  asOf: z.iso.datetime(),
});
export type StreamSetSummary = z.infer<typeof streamSetSummary>;
