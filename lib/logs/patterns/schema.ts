import { z } from "zod";
import { type LogLevel, logLevels } from "../level";
import { int64Text } from "../schema";

/** When a pattern was seen. `exact` is false where only the stretch of rows it stands in is known. */
const sighting = z.object({ sequence: int64Text, at: z.iso.datetime(), exact: z.boolean() });

const count = z.number().int().nonnegative();
const levels = z.object(
  Object.fromEntries(logLevels.map((name) => [name, count])) as Record<LogLevel, typeof count>,
);

/** Equal parts of an episode's sequence in which a pattern's rows are counted. */
export const trendParts = 40;

/** A message template of an episode, `<*>` where its values stand. */
export const pattern = z.object({
  /** The same for the same text, in every episode. */
  id: z.string(),
  template: z.string(),
  count: z.number().int(),
  /** Of all rows, from 0 to 1. */
  share: z.number(),
  first: sighting,
  last: sighting,
  /** Null where rows of it were counted without their levels. */
  levels: levels.nullable(),
  /** Rows by part of the sequence, as far as is known where they stand: a picture, not a count. */
  trend: z.array(z.number()),
  /** Not among the patterns of what this episode is compared with (`newSince`). */
  isNew: z.boolean(),
});
export type Pattern = z.infer<typeof pattern>;

/** What a pattern is new since: the same task in the run before, or the greatest part of this episode. */
const newSince = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run"), runId: z.string(), episodeId: z.string() }),
  z.object({ kind: z.literal("part"), percent: z.number().int() }),
]);
export type NewSince = z.infer<typeof newSince>;

/** The patterns of an episode, most frequent first. The counts and `other` add up to `rows`. */
export const patternList = z.object({
  patterns: z.array(pattern),
  /** Rows in none of them: rare templates, and rows that were not looked at. */
  other: z.number().int(),
  /** The part of `other` that was not looked at. */
  unread: z.number().int(),
  rows: z.number().int(),
  /** Where the trends end: the next number of the episode. */
  nextSequenceNumber: int64Text,
  newSince: newSince.nullable(),
  /** False when rows were left out, or only looked at in part; `note` says which. */
  exact: z.boolean(),
  note: z.string().nullable(),
  asOf: z.iso.datetime(),
});
export type PatternList = z.infer<typeof patternList>;

/** What stands at each `<*>` of a template, in the newest rows of it. */
export const patternValues = z.object({
  /** Rows that were looked at: all of the template, or the newest of them. */
  rows: z.number().int(),
  /** These are all rows of the template. */
  complete: z.boolean(),
  places: z.array(
    z.object({
      /** The word of the template, counted from 0. */
      word: z.number().int(),
      /** Most frequent first. */
      values: z.array(z.object({ value: z.string(), count: z.number().int() })),
      /** Rows with another value. */
      other: z.number().int(),
      distinct: z.number().int(),
    }),
  ),
});
export type PatternValues = z.infer<typeof patternValues>;
