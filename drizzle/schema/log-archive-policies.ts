import { sql } from "drizzle-orm";
import { check, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { updatedAt } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/**
 * How episodes of a workspace are archived that say nothing of their own; without a row, by the defaults of the product.
 * Copied to an episode when it is made, so that what an archiver does with it never changes behind its back.
 */
export const logArchivePolicies = pgTable(
  "log_archive_policies",
  {
    workspaceId: uuid()
      .primaryKey()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Rows above the hot tail at which an archiver begins. */
    archiveThreshold: integer().notNull(),
    /** Most rows of a chunk. */
    chunkSize: integer().notNull(),
    /** Newest rows that stay in the live store. */
    keepHot: integer().notNull(),
    /** How old the oldest live row may become. */
    archiveAfterHours: integer().notNull(),
    updatedBy: uuid().references(() => users.id),
    /** Also what a form must have seen to change it. */
    updatedAt: updatedAt(),
  },
  (table) => [
    check("log_archive_policies_threshold_range", sql`${table.archiveThreshold} between 100 and 10000000`),
    check("log_archive_policies_chunk_size_range", sql`${table.chunkSize} between 100 and 50000`),
    check("log_archive_policies_keep_hot_range", sql`${table.keepHot} between 0 and 1000000`),
    check("log_archive_policies_archive_after_range", sql`${table.archiveAfterHours} between 1 and 8760`),
    // A chunk that is larger than what is archived at a time would never be full.
    check("log_archive_policies_chunk_fills", sql`${table.chunkSize} <= ${table.archiveThreshold}`),
  ],
);
