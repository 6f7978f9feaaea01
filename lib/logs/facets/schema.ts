import { z } from "zod";

const count = z.number().int().nonnegative();

/** A metadata field with values to choose from. An exact count is what the query `eq:<path>:<value>` finds. */
export const facet = z.object({
  path: z.string(),
  /** Rows that have a value there. */
  rows: count,
  /** Most frequent first. Where a count is not exact there may be more: the value was too rare to be listed somewhere. */
  values: z.array(z.object({ value: z.string(), count, exact: z.boolean() })),
  /** Rows with a value that is not listed. */
  other: count,
  /** Rows of which nobody knows what they have there: counts may be higher by that much. */
  uncounted: count,
});
export type Facet = z.infer<typeof facet>;

export const facetList = z.object({
  facets: z.array(facet),
  /** All rows of the episode that are looked at for it, and those of them that were counted. */
  rows: count,
  counted: count,
  /** Chunks that were archived before their fields were counted. */
  chunks: z.object({ total: count, counted: count }),
  /** Those chunks are being counted now: ask again. */
  counting: z.boolean(),
  asOf: z.iso.datetime(),
});
export type FacetList = z.infer<typeof facetList>;
