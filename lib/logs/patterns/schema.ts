import { z } from "zod";
import { int64Text } from "../schema";

/** When a pattern was seen. `exact` is false where only the stretch of rows it stands in is known. */
const sighting = z.object({ sequence: int64Text, at: z.iso.datetime(), exact: z.boolean() });

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
});
export type Pattern = z.infer<typeof pattern>;

/** The patterns of an episode, most frequent first. The counts and `other` add up to `rows`. */
export const patternList = z.object({
  patterns: z.array(pattern),
  /** Rows in none of them: rare templates, and rows that were not looked at. */
  other: z.number().int(),
  rows: z.number().int(),
  /** False when rows were left out, or only looked at in part; `note` says which. */
  exact: z.boolean(),
  note: z.string().nullable(),
  asOf: z.iso.datetime(),
});
export type PatternList = z.infer<typeof patternList>;
