import { z } from "zod";

/** More than this is not counted: a list of millions is never counted for a number on a tab. */
export const mostCounted = 99;

const viewCount = z.object({
  runs: z.number().int(),
  /** There are more, or there may be: counting ended. */
  more: z.boolean(),
});
export type ViewCount = z.infer<typeof viewCount>;

/** Runs of the saved views, by the view's id. */
export const viewCounts = z.object({ counts: z.record(z.string(), viewCount), asOf: z.iso.datetime() });
export type ViewCounts = z.infer<typeof viewCounts>;
