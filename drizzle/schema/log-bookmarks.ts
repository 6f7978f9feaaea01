import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/**
 * Rows of a log that a person wants to find again. They hang on the number of the row, not on where it lies, so they outlive
 * its move to the archive. An episode is not in this database: its deletion takes them with it (lib/archive/deletion).
 */
export const logBookmarks = pgTable(
  "log_bookmarks",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    episodeId: text().notNull(),
    sequence: bigint({ mode: "bigint" }).notNull(),
    note: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [
    // A row is marked once by a person; also their marks of an episode in the order of its rows.
    primaryKey({ columns: [table.workspaceId, table.userId, table.episodeId, table.sequence] }),
    // All marks of an episode, when it is deleted.
    index("log_bookmarks_workspace_id_episode_id_idx").on(table.workspaceId, table.episodeId),
    // The foreign key to users: what goes with a person.
    index("log_bookmarks_user_id_idx").on(table.userId),
    check("log_bookmarks_sequence_range", sql`${table.sequence} >= 0`),
    check("log_bookmarks_note_length", sql`length(${table.note}) <= 500`),
  ],
);
