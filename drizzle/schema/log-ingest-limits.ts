import { sql } from "drizzle-orm";
import { check, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { updatedAt } from "./columns";
import { workspaces } from "./workspaces";

/** How fast a workspace may send logs, where that differs from the defaults (lib/logs/ingest-settings.ts). */
export const logIngestLimits = pgTable(
  "log_ingest_limits",
  {
    workspaceId: uuid()
      .primaryKey()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    bytesPerSecond: integer().notNull(),
    rowsPerSecond: integer().notNull(),
    /** Why it differs: for whoever finds it later. */
    reason: text().notNull().default(""),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("log_ingest_limits_bytes_positive", sql`${table.bytesPerSecond} > 0`),
    check("log_ingest_limits_rows_positive", sql`${table.rowsPerSecond} > 0`),
    check("log_ingest_limits_reason_length", sql`length(${table.reason}) <= 500`),
  ],
);
