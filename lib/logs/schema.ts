import { z } from "zod";
import { logLevels } from "./level";
import { type LogQuery, type LogQueryInput, logQuery } from "./search/query";

/** A sequence number or count as it travels in JSON: decimal digits, because int64 does not fit a JSON number. */
export const int64Text = z.string().regex(/^(0|[1-9]\d{0,18})$/);

/** An episode id as producers may choose it; it stands in URLs and object keys, so its alphabet is closed. */
export const episodeId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/,
    "An episode id has 1 to 200 of A-Z a-z 0-9 . _ : - and starts with a letter or digit.",
  );

export const level = z.enum(logLevels);

/** Where a row was read from. The reader rule decides it; a person need not care. */
export const tier = z.enum(["hot", "cold"]);

/** A stored entry, as a row of the explorer. Long messages are cut for the list; the drawer reads the whole. */
export const logEntryRow = z.object({
  kind: z.literal("entry"),
  seq: int64Text,
  at: z.iso.datetime(),
  level,
  message: z.string(),
  /** The message is longer than what stands here. */
  cut: z.boolean(),
  /** metadata.source | SourceName | component, when there is one: the second column. */
  source: z.string().nullable(),
  tier,
});

/** A range of sequence numbers without a readable entry; never left out silently. */
export const logGapRow = z.object({
  kind: z.literal("gap"),
  from: int64Text,
  to: int64Text,
  /**
   * never_written: reserved by a writer that died; damaged/missing: the archive copy fails its checksum or is gone;
   * unreadable: the store did not answer, try again; in_flight: reserved moments ago, its writer is still at it;
   * expired: deleted by the retention of the workspace, on record.
   */
  reason: z.enum(["never_written", "damaged", "missing", "unreadable", "in_flight", "expired"]),
  chunkNumber: z.number().int().nullable(),
  detail: z.string(),
});

export const logRow = z.discriminatedUnion("kind", [logEntryRow, logGapRow]);
export type LogEntryRow = z.infer<typeof logEntryRow>;
export type LogGapRow = z.infer<typeof logGapRow>;
export type LogRow = z.infer<typeof logRow>;

/** The filters that the explorer offers. */
export type LogFilter = Pick<LogQuery, "levels" | "text">;

export const logPageRequest = z.object({
  /** First sequence wanted (forward), last wanted (backward), or the one in the middle (around); inclusive. */
  from: int64Text,
  direction: z.enum(["forward", "backward", "around"]).default("forward"),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  filter: logQuery.prefault({}),
});
/** The filter's parts that ask for nothing may be left out. */
export type LogPageRequest = Omit<z.infer<typeof logPageRequest>, "filter"> & { filter: LogQueryInput };

/** A page of an episode, rows always in ascending sequence. Unfiltered pages cover every number of their range. */
export const logPage = z.object({
  rows: z.array(logRow),
  /** Where the next page in the asked direction starts, or null at the end of what exists now. */
  next: int64Text.nullable(),
  /** Of a page around a row: where the page before it starts, going backward. */
  previous: int64Text.nullable().optional(),
  /** Sequence reached by the search when a filtered page ended early on its work limit; rows so far are complete up to it. */
  searchedTo: int64Text.nullable(),
  nextSequenceNumber: int64Text,
  archivedThrough: z.string(),
  asOf: z.iso.datetime(),
});
export type LogPage = z.infer<typeof logPage>;

/** The whole of one entry, for the drawer. `metadataText` is JSON exactly as stored (int64 kept as digits). */
export const logEntryDetail = z.object({
  seq: int64Text,
  at: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  level,
  message: z.string(),
  metadataText: z.string().nullable(),
  flags: z.array(z.string()),
  /** Of an entry with the flag "redacted": what the rules of the workspace put in the place of what they mask, and their names. */
  masks: z.array(z.object({ mask: z.string(), rule: z.string() })).optional(),
  tier,
  chunk: z
    .object({
      number: z.number().int(),
      verifiedAt: z.iso.datetime(),
      /** Its rows are in the live store as well, until then. */
      restoredUntil: z.iso.datetime().nullable(),
    })
    .nullable(),
});
export type LogEntryDetail = z.infer<typeof logEntryDetail>;

const counts = z.object(
  Object.fromEntries(logLevels.map((name) => [name, z.number().int()])) as Record<
    (typeof logLevels)[number],
    z.ZodNumber
  >,
);

/** An episode, as lists and the explorer's head show it. Counts are exact: kept at ingest, never counted on read. */
export const episodeSummary = z.object({
  episodeId: z.string(),
  total: z.number().int(),
  hot: z.number().int(),
  archived: z.number().int(),
  nextSequenceNumber: int64Text,
  archivedThrough: z.string(),
  chunks: z.object({
    total: z.number().int(),
    verified: z.number().int(),
    lastVerifiedAt: z.iso.datetime().nullable(),
  }),
  levels: counts,
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  ended: z.boolean(),
  archiving: z.boolean(),
  /** When an archiver looks at it next, at the latest; null or absent when nothing is to come. */
  archiveDueAt: z.iso.datetime().nullable().optional(),
  producer: z.object({
    kind: z.enum(["run_task", "external"]),
    runId: z.string().optional(),
    taskId: z.string().optional(),
  }),
  asOf: z.iso.datetime(),
});
export type EpisodeSummary = z.infer<typeof episodeSummary>;

/** Level counts of equal slices of the sequence range, for minimap and volume bars; their sum is `total`. */
export const episodeOverview = z.object({
  buckets: z.array(
    z.object({
      from: int64Text,
      to: int64Text,
      startAt: z.iso.datetime(),
      endAt: z.iso.datetime(),
      levels: counts,
    }),
  ),
  /** Ranges that are known to be missing, for the minimap. */
  gaps: z.array(z.object({ from: int64Text, to: int64Text, reason: z.string() })),
  asOf: z.iso.datetime(),
});
export type EpisodeOverview = z.infer<typeof episodeOverview>;
