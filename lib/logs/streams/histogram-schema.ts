import { z } from "zod";
import { logLevels } from "../level";
import { streamName } from "./schema";

const count = z.number().int().nonnegative();
const levels = z.object(
  Object.fromEntries(logLevels.map((name) => [name, count])) as Record<
    (typeof logLevels)[number],
    typeof count
  >,
);

/** Rows of a set of streams by time, in the window that was asked for. */
export const mergedHistogram = z.object({
  /** Null when no stream has a row. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  widthMs: z.number().int().positive(),
  bars: z.array(
    z.object({
      start: z.iso.datetime(),
      levels,
      /** Rows of each of `groups`, and of all other streams last. */
      groups: z.array(count),
      hot: count,
      cold: count,
      /** Some rows of about this time cannot be read; they are counted all the same. */
      missing: z.boolean(),
    }),
  ),
  /** The streams with most rows, each counted for itself. */
  groups: z.array(z.string()),
  /** Streams with rows in the window and how many, most first; of very many only the first. */
  streams: z.array(streamName.extend({ rows: count, levels })),
  streamCount: count,
  rows: count,
  /** Streams that were not counted because there are too many. */
  leftOut: count,
  /** Rows that may stand in a bar beside their own. */
  blurred: count,
  /** False when rows moved to the archive while they were counted. */
  exact: z.boolean(),
  asOf: z.iso.datetime(),
});
export type MergedHistogram = z.infer<typeof mergedHistogram>;

const moment = z.iso.datetime({ offset: true }).nullable().default(null);
export const mergedHistogramRequest = z.object({
  from: moment,
  to: moment,
  bars: z.coerce.number().int().min(1).max(400).default(140),
});
export type MergedHistogramRequest = z.infer<typeof mergedHistogramRequest>;
