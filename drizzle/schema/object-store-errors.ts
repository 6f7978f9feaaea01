import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Failed requests to the object store by hour and kind (lib/objects/error-counts.ts), of all processes together. */
export const objectStoreErrors = pgTable(
  "object_store_errors",
  {
    hour: moment().notNull(),
    kind: text().notNull(),
    requests: integer().notNull(),
    /** When the last of them failed. */
    lastAt: moment(),
  },
  (table) => [
    // Also what the figure of the last 24 hours reads.
    primaryKey({ columns: [table.hour, table.kind] }),
    check("object_store_errors_requests_positive", sql`${table.requests} > 0`),
  ],
);
