import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, words } from "./columns";
import { savedViewPages } from "./saved-view-pages";
import { users } from "./users";
import { workspaces } from "./workspaces";

/** Looks at a page that people keep under a name: a part of the page's URL. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    page: text({ enum: savedViewPages }).notNull(),
    name: text().notNull(),
    /** The URL's part after `?`, as the page's parsers write it; it names no row. */
    params: text().notNull(),
    /** Of logs: the episode it is for; null for any. */
    episodeId: text(),
    /** Seen by everybody in the workspace who may read the page, not by its owner alone. */
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
    // A person has one view of a name for a page: of logs one for an episode, and one for any. Also the list of a person's own.
    unique("saved_views_owner_name_key")
      .on(table.workspaceId, table.createdBy, table.page, table.episodeId, table.name)
      .nullsNotDistinct(),
    // The shared views of a page.
    index("saved_views_shared_idx").on(table.workspaceId, table.page, table.name).where(sql`${table.shared}`),
    // The foreign keys to users: may this person be deleted?
    index("saved_views_created_by_idx").on(table.createdBy),
    index("saved_views_updated_by_idx").on(table.updatedBy),
    check("saved_views_page_known", sql`${table.page} in (${words(savedViewPages)})`),
    check("saved_views_episode_is_of_logs", sql`${table.page} = 'logs' or ${table.episodeId} is null`),
    check("saved_views_name_length", sql`length(${table.name}) between 1 and 80`),
    check("saved_views_params_length", sql`octet_length(${table.params}) <= 4096`),
  ],
);
