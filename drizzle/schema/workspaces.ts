import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt, words } from "./columns";
import { users } from "./users";

export const workspaceTypes = ["personal", "team"] as const;
export const workspaceStatuses = ["active", "suspended", "archived"] as const;

export const workspaces = pgTable(
  "workspaces",
  {
    id: id(),
    type: text({ enum: workspaceTypes }).notNull(),
    name: text().notNull(),
    /** Stands in the URL as /w/<slug>. */
    slug: text().notNull(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    status: text({ enum: workspaceStatuses }).notNull().default("active"),
    settings: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    // Every door: the workspace of a URL.
    unique("workspaces_slug_key").on(table.slug),
    // The foreign key to users: may this person be deleted, and what do they own?
    index("workspaces_owner_id_idx").on(table.ownerId),
    check("workspaces_slug_shape", sql`${table.slug} ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'`),
    check("workspaces_name_length", sql`length(${table.name}) between 1 and 120`),
    check("workspaces_type_known", sql`${table.type} in (${words(workspaceTypes)})`),
    check("workspaces_status_known", sql`${table.status} in (${words(workspaceStatuses)})`),
    check("workspaces_settings_object", sql`jsonb_typeof(${table.settings}) = 'object'`),
  ],
);
