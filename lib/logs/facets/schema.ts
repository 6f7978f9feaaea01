import { z } from "zod";

const count = z.number().int().nonnegative();

/** A metadata field with values to choose from. Each count is what the query `eq:<path>:<value>` finds in the rows counted. */
export const facet = z.object({
  path: z.string(),
  /** Rows that have a value there. */
  rows: count,
  /** Most frequent first. */
  values: z.array(z.object({ value: z.string(), count })),
  /** Rows with a value that is not listed; such a row may also have a listed value that was too rare where it stands. */
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
