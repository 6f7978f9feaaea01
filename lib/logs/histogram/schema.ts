import { z } from "zod";
import { type LogLevel, logLevels } from "../level";

const count = z.number().int().nonnegative();
const levels = z.object(
  Object.fromEntries(logLevels.map((name) => [name, count])) as Record<LogLevel, typeof count>,
);

/** Rows by time. The sum over the bars, `before` and `after` is `total`, always. */
export const logHistogram = z.object({
  widthMs: z.number().int().positive(),
  bars: z.array(
    z.object({
      start: z.iso.datetime(),
      levels,
      /** Rows in MongoDB and in the archive. */
      hot: count,
      cold: count,
      /** Some rows of about this time cannot be read; they are counted all the same. */
      missing: z.boolean(),
      /** Some rows of about this time are moving to the archive now. */
      archiving: z.boolean(),
    }),
  ),
  /** Rows with a time outside of the bars. */
  before: levels,
  after: levels,
  total: count,
  /** Rows that may stand in a bar beside their own; none, as a rule (old or damaged chunks have no finer counts). */
  blurred: count,
  asOf: z.iso.datetime(),
});
export type LogHistogram = z.infer<typeof logHistogram>;

export const histogramRequest = z.object({
  from: z.iso.datetime({ offset: true }).nullable().default(null),
  to: z.iso.datetime({ offset: true }).nullable().default(null),
  bars: z.coerce.number().int().min(1).max(1000).default(100),
  /** out: an axis without ends leaves a few times far away from all others (strays.ts) outside, in `before` and `after`. */
  strays: z.enum(["in", "out"]).default("in"),
});
export type HistogramRequest = z.infer<typeof histogramRequest>;
/** With defaults for what is left out. */
export type HistogramRequestInput = Partial<HistogramRequest>;

export const rowCount = z.object({ levels, total: count, exact: z.boolean(), asOf: z.iso.datetime() });
export type RowCount = z.infer<typeof rowCount>;
