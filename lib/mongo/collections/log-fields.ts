import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import { int64 } from "../bson-schema";

/*
 * An episode id is the producer's own word, so it is unique within a workspace only: two workspaces may both have an
 * episode "train-1" and neither learns of the other. Every index of the source document therefore starts with
 * `workspaceId`, which each query carries anyway.
 */

/** What every collection of the log engine declares alike. */
export const logCollection = {
  source: "log-schema",
  writeConcern: { w: "majority" },
  readPreference: "primary",
} as const;

/** Entries per level; every level is present, so sums never meet a missing key. */
export const levelCounts = z.object(
  Object.fromEntries(logLevels.map((level) => [level, int64()])) as Record<
    (typeof logLevels)[number],
    ReturnType<typeof int64>
  >,
);
