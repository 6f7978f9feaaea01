import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt, words } from "./columns";
import { projects } from "./projects";
import { roles } from "./roles";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const membershipStatuses = ["active", "suspended"] as const;

/** A role in a workspace (projectId null) or in one project of it. Only the former opens the workspace. */
export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    projectId: uuid(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: roles }).notNull(),
    status: text({ enum: membershipStatuses }).notNull().default("active"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    // Every door: the role of a person in a workspace. One role per place, also when the project is null.
    unique("memberships_workspace_id_user_id_project_id_key")
      .on(table.workspaceId, table.userId, table.projectId)
      .nullsNotDistinct(),
    // The workspaces of a person, for the switcher and the first page after sign-in.
    index("memberships_user_id_idx").on(table.userId),
    // The members of a project, and the foreign key below.
    index("memberships_workspace_id_project_id_idx").on(table.workspaceId, table.projectId),
    foreignKey({
      name: "memberships_project_fk",
      columns: [table.workspaceId, table.projectId],
      foreignColumns: [projects.workspaceId, projects.id],
    }).onDelete("cascade"),
    check("memberships_role_known", sql`${table.role} in (${words(roles)})`),
    check("memberships_status_known", sql`${table.status} in (${words(membershipStatuses)})`),
    check("memberships_owner_of_workspace", sql`${table.role} <> 'owner' or ${table.projectId} is null`),
  ],
);
