import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, words } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const auditActors = ["user", "token", "worker", "command"] as const;

/**
 * Who did what, to which thing, and what it was before and after. Rows are only ever inserted: a trigger refuses everything
 * else, so that nobody who reaches the application can tidy up behind them. A workspace with a history cannot be deleted.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id),
    /** Null for the worker and for a command, which act for no person. */
    actorId: uuid().references(() => users.id),
    actor: text({ enum: auditActors }).notNull(),
    /** A verb of the domain, `archive.delete_episode`. */
    action: text().notNull(),
    resourceType: text().notNull(),
    resourceId: text().notNull(),
    /** What the actor gave as the reason, where one is asked for. */
    reason: text(),
    beforeSummary: jsonb().$type<Record<string, unknown>>(),
    afterSummary: jsonb().$type<Record<string, unknown>>(),
    /** Names the act, so that writing it down a second time changes nothing. */
    key: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    // An act whose entry was written by a process that died before it could say so.
    unique("audit_entries_workspace_id_key_key").on(table.workspaceId, table.key),
    // The trail of a workspace, newest first (read backwards).
    index("audit_entries_workspace_id_created_at_idx").on(table.workspaceId, table.createdAt, table.id),
    // What happened to one thing, newest first (read backwards).
    index("audit_entries_resource_idx").on(
      table.workspaceId,
      table.resourceType,
      table.resourceId,
      table.createdAt,
    ),
    // One area of it ("archive"), newest first (read backwards).
    index("audit_entries_area_idx").on(
      table.workspaceId,
      sql`split_part(${table.action}, '.', 1)`,
      table.createdAt,
      table.id,
    ),
    // The foreign key to users: may this person be deleted?
    index("audit_entries_actor_id_idx").on(table.actorId),
    check("audit_entries_actor_known", sql`${table.actor} in (${words(auditActors)})`),
    check("audit_entries_action_shape", sql`${table.action} ~ '^[a-z_]+[.][a-z_]+$'`),
    check("audit_entries_key_length", sql`length(${table.key}) between 1 and 200`),
  ],
);
