import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt, words } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const projectStatuses = ["active", "archived"] as const;

export const projects = pgTable(
  "projects",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    slug: text().notNull(),
    description: text().notNull().default(""),
    status: text({ enum: projectStatuses }).notNull().default("active"),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    // The project of a URL, and the project list of a workspace by slug.
    unique("projects_workspace_id_slug_key").on(table.workspaceId, table.slug),
    // Target of foreign keys that carry the workspace: a row cannot point at a project of another workspace.
    unique("projects_workspace_id_id_key").on(table.workspaceId, table.id),
    // The foreign key to users: may this person be deleted?
    index("projects_created_by_idx").on(table.createdBy),
    check("projects_slug_shape", sql`${table.slug} ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'`),
    check("projects_name_length", sql`length(${table.name}) between 1 and 120`),
    check("projects_description_length", sql`length(${table.description}) <= 4000`),
    check("projects_status_known", sql`${table.status} in (${words(projectStatuses)})`),
  ],
);
