import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment, words } from "./columns";

/**
 * missing: an acknowledged line is not there; duplicate, out_of_order: another line stands in its place; changed: it is
 * there and differs from what was sent.
 */
export const canaryProblemKinds = ["missing", "duplicate", "out_of_order", "changed"] as const;

/** Lines that were wrong when the canary looked, each once however often it was seen. */
export const canaryProblems = pgTable(
  "canary_problems",
  {
    episodeId: text().notNull(),
    line: integer().notNull(),
    kind: text({ enum: canaryProblemKinds }).notNull(),
    detail: text().notNull(),
    firstSeenAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.episodeId, table.line, table.kind] }),
    // The newest ones, for the health page; the old ones, for removing them.
    index("canary_problems_last_seen_at_idx").on(table.lastSeenAt),
    check("canary_problems_kind_known", sql`${table.kind} in (${words(canaryProblemKinds)})`),
  ],
);
