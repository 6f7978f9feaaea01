import { z } from "zod";
import { int64Text } from "../schema";

const side = z.object({
  episodeId: z.string(),
  rows: z.number().int(),
  /** Rows in no template of the comparison. */
  other: z.number().int(),
});

const comparedTemplate = z.object({
  id: z.string(),
  template: z.string(),
  /** Rows of it on either side. */
  a: z.number().int(),
  b: z.number().int(),
});

const place = z.object({ sequence: int64Text, template: z.string() });

/** Where two streams of templates stop being the same, from their first rows on. */
export const divergence = z.object({
  /**
   * same: they are equal to their ends; differs: another template on either side; ended: one side has no more rows;
   * not_reached: equal as far as was compared.
   */
  kind: z.enum(["same", "differs", "ended", "not_reached"]),
  /** Rows of each side that are equal. */
  equalRows: z.number().int(),
  a: place.nullable(),
  b: place.nullable(),
  /** Where they are alike again soon after: what lies between is what one side has and the other lacks. */
  rejoins: z.object({ a: int64Text, b: int64Text }).nullable(),
});
export type Divergence = z.infer<typeof divergence>;

/** Two episodes by what they say, not by when they say it. */
export const comparison = z.object({
  a: side,
  b: side,
  onlyA: z.array(comparedTemplate),
  onlyB: z.array(comparedTemplate),
  /** On both sides, the greatest difference first. */
  both: z.array(comparedTemplate),
  divergence,
  /** Rows of each side that the divergence is looked for in. */
  rowLimit: z.number().int(),
  exact: z.boolean(),
  asOf: z.iso.datetime(),
});
export type Comparison = z.infer<typeof comparison>;
export type ComparedTemplate = z.infer<typeof comparedTemplate>;
