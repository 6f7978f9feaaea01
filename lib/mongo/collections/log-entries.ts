import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import { date, int64, json, objectId } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { logCollection } from "./log-fields";

export const logEntries = defineCollection({
  ...logCollection,
  name: "LogEntry",
  // There is deliberately no index that lets the database expire entries by age: only a verified chunk ends an entry.
  retention: { kind: "archived" },
  schema: z.object({
    _id: objectId(),
    workspaceId: z.string(),
    episodeId: z.string(),
    timestamp: date(),
    level: z.enum(logLevels),
    message: z.string(),
    metadata: json().optional(),
    sequenceNumber: int64(),
    createdAt: date(),
    /**
     * Exact JSON text of `{"message":…,"metadata":…}` when BSON or a JavaScript object cannot hold the values as they
     * came (lone surrogates, integers beyond int64, repeated keys …). Readers prefer it; most entries do not have it.
     */
    raw: z.string().optional(),
    /** What was odd about the entry as it came: "timestamp_missing", "timestamp_absurd", "level_unknown" … */
    flags: z.array(z.string()).optional(),
  }),
  indexes: [
    // a page by sequence; the fence that lets no retry write a number twice
    {
      name: "workspaceId_1_episodeId_1_sequenceNumber_1",
      key: { workspaceId: 1, episodeId: 1, sequenceNumber: 1 },
      unique: true,
    },
    // jump to a time
    { name: "workspaceId_1_episodeId_1_timestamp_1", key: { workspaceId: 1, episodeId: 1, timestamp: 1 } },
    // level filter in sequence order
    {
      name: "workspaceId_1_episodeId_1_level_1_sequenceNumber_1",
      key: { workspaceId: 1, episodeId: 1, level: 1, sequenceNumber: 1 },
    },
    // age of the oldest entry that is not archived
    { name: "workspaceId_1_episodeId_1_createdAt_1", key: { workspaceId: 1, episodeId: 1, createdAt: 1 } },
  ],
});

export type LogEntry = DocumentOf<typeof logEntries>;
