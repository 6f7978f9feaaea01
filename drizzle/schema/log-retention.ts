import { sql } from "drizzle-orm";
import { check, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { updatedAt } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/**
 * How long archived rows of a workspace are kept; without a row, for ever. It stands here and not beside the chunks because
 * it is a decision of people: authoritative, with its audit entry in the same transaction. What follows from it for a chunk
 * (the moment it is deleted at) stands on the chunk.
 */
export const logRetention = pgTable(
  "log_retention",
  {
    workspaceId: uuid()
      .primaryKey()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Days after which a chunk is deleted, counted from when it was archived. */
    days: integer().notNull(),
    /** Between marking a chunk and deleting it: the time in which somebody can say no. */
    undoHours: integer().notNull().default(24),
    updatedBy: uuid().references(() => users.id),
    updatedAt: updatedAt(),
  },
  (table) => [
    check("log_retention_days_range", sql`${table.days} between 1 and 36500`),
    check("log_retention_undo_hours_range", sql`${table.undoHours} between 1 and 720`),
  ],
);
