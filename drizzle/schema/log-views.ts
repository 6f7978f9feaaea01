import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/** Looks at logs that people keep under a name: a part of the explorer's URL, for one episode or for any. */
export const logViews = pgTable(
  "log_views",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The URL's part after `?`, as the explorer's parsers write it; it names no row. */
    params: text().notNull(),
    /** The episode it is for; null for any. */
    episodeId: text(),
    /** Seen by everybody in the workspace who may read logs, not by its owner alone. */
    shared: boolean().notNull().default(false),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    updatedBy: uuid()
      .notNull()
      .references(() => users.id),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [
    // A person has one view of a name for an episode, and one for any episode. Also the list of a person's own.
    unique("log_views_owner_name_key")
      .on(table.workspaceId, table.createdBy, table.episodeId, table.name)
      .nullsNotDistinct(),
    // The shared views of a workspace.
    index("log_views_shared_idx").on(table.workspaceId, table.name).where(sql`${table.shared}`),
    // The foreign keys to users: may this person be deleted?
    index("log_views_created_by_idx").on(table.createdBy),
    index("log_views_updated_by_idx").on(table.updatedBy),
    check("log_views_name_length", sql`length(${table.name}) between 1 and 80`),
    check("log_views_params_length", sql`octet_length(${table.params}) <= 4096`),
  ],
);
