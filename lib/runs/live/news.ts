import { z } from "zod";
import { runChanges } from "./events";

/** What one tab tells the others of the same run: the same as the server told it. */
export const runNews = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("changes"), changes: runChanges }),
  z.object({ kind: z.literal("still"), asOf: z.string() }),
  z.object({ kind: z.literal("resync"), seq: z.string() }),
  z.object({ kind: z.literal("end"), code: z.string(), message: z.string() }),
]);
export type RunNews = z.infer<typeof runNews>;

/** Between tabs. */
export const tabMessage = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("news"), news: runNews }),
  z.object({ kind: z.literal("state"), state: z.enum(["connecting", "live", "broken"]) }),
  /** A tab that has just come: how does the connection stand? */
  z.object({ kind: z.literal("asks") }),
]);
export type TabMessage = z.infer<typeof tabMessage>;
