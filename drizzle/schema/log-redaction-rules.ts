import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt, words } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/** Which text of an entry a rule looks at. */
export const redactionTargets = ["message", "metadata", "both"] as const;

/** What is masked in log entries before they are stored. Rules are applied one after the other, by position. */
export const logRedactionRules = pgTable(
  "log_redaction_rules",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    name: text().notNull(),
    /** A JavaScript regular expression, with the flags g and u. */
    pattern: text().notNull(),
    /** What stands in the place of every match, letter for letter. */
    mask: text().notNull(),
    appliesTo: text({ enum: redactionTargets }).notNull().default("both"),
    enabled: boolean().notNull().default(true),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    updatedBy: uuid()
      .notNull()
      .references(() => users.id),
    updatedAt: updatedAt(),
  },
  (table) => [
    // The rules of a workspace in their order: settings page, and ingest every few seconds.
    index("log_redaction_rules_workspace_id_position_idx").on(table.workspaceId, table.position, table.id),
    // Refusals and pages call a rule by its name.
    unique("log_redaction_rules_workspace_id_name_key").on(table.workspaceId, table.name),
    // The foreign keys to users: may this person be deleted?
    index("log_redaction_rules_created_by_idx").on(table.createdBy),
    index("log_redaction_rules_updated_by_idx").on(table.updatedBy),
    check("log_redaction_rules_name_length", sql`length(${table.name}) between 1 and 80`),
    check("log_redaction_rules_pattern_length", sql`length(${table.pattern}) between 1 and 500`),
    check("log_redaction_rules_mask_length", sql`length(${table.mask}) between 1 and 100`),
    check("log_redaction_rules_applies_to_known", sql`${table.appliesTo} in (${words(redactionTargets)})`),
  ],
);
