import { z } from "zod";
import { int64Text } from "./schema";

/** A row that was looked for by its time. */
export const rowAtTime = z.object({ seq: int64Text, at: z.iso.datetime() });
export type RowAtTime = z.infer<typeof rowAtTime>;

/** Where the stream paused, or how far it was looked through without finding such a place. */
export const pauseSearch = z.object({
  /** The row behind the pause. */
  found: z.object({ seq: int64Text, pauseMs: z.number() }).nullable(),
  /** What counts as a pause in this episode: so many times the usual distance of two rows. */
  thresholdMs: z.number(),
  /** Where looking goes on; null at the end of the stream. */
  next: int64Text.nullable(),
});
export type PauseSearch = z.infer<typeof pauseSearch>;

/** Values of metadata paths, in the order they were asked for, by sequence number. */
export const rowValues = z.object({ values: z.record(int64Text, z.array(z.string().nullable())) });
export type RowValues = z.infer<typeof rowValues>;

/** More columns are never beside each other on a screen. */
export const mostColumns = 8;
/** More rows are never drawn at once. */
export const mostValueRows = 400;
