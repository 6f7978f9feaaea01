import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

/** What programs sign in with. A token never grants more than its creator's role does at the time of use. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The first characters, so that a person recognises the token in a list. */
    prefix: text().notNull(),
    /** sha256 of the whole token, hex; the token itself is shown once and never stored. */
    tokenHash: text().notNull(),
    /** Permissions (lib/auth/roles.ts); a word that is no longer one grants nothing. */
    scopes: text().array().notNull(),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [
    // Every API request: the token of a header.
    unique("api_tokens_token_hash_key").on(table.tokenHash),
    // The tokens of a workspace, newest first (read backwards).
    index("api_tokens_workspace_id_created_at_idx").on(table.workspaceId, table.createdAt, table.id),
    // The foreign key to users: may this person be deleted?
    index("api_tokens_created_by_idx").on(table.createdBy),
    check("api_tokens_token_hash_shape", sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check("api_tokens_name_length", sql`length(${table.name}) between 1 and 120`),
    check("api_tokens_prefix_length", sql`length(${table.prefix}) between 4 and 24`),
    check("api_tokens_scopes_present", sql`cardinality(${table.scopes}) > 0`),
    check("api_tokens_expires_after_creation", sql`${table.expiresAt} > ${table.createdAt}`),
  ],
);
