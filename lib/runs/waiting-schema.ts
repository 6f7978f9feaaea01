import { z } from "zod";

/** Where a task stands in the queue of its executor. */
export const queuePlace = z.object({
  /** Tasks of this workspace that are claimed before it; null when it is not in the queue (any more). */
  ahead: z.number().int().nullable(),
  /** `ahead` was counted no further. */
  more: z.boolean(),
  /** Tasks of this workspace that the executor works on now. */
  running: z.number().int(),
  /** Workers that were heard of lately and serve its executor, and how many tasks they take at once. */
  workers: z.number().int(),
  slots: z.number().int(),
  asOf: z.iso.datetime(),
});
export type QueuePlace = z.infer<typeof queuePlace>;
