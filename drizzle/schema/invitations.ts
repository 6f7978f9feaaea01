import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, words } from "./columns";
import { roles } from "./roles";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    email: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** sha256 of the token in the link, hex; the link itself is shown once and never stored. */
    tokenHash: text().notNull(),
    invitedBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    acceptedAt: moment(),
    acceptedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    revokedAt: moment(),
  },
  (table) => [
    // Opening an invitation link.
    unique("invitations_token_hash_key").on(table.tokenHash),
    // The open invitations of a workspace; a second one for the same address replaces the first instead of adding to it.
    uniqueIndex("invitations_open_key")
      .on(table.workspaceId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
    // The foreign keys to users: may this person be deleted?
    index("invitations_invited_by_idx").on(table.invitedBy),
    index("invitations_accepted_by_idx").on(table.acceptedBy),
    check("invitations_role_known", sql`${table.role} in (${words(roles)})`),
    check("invitations_token_hash_shape", sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check("invitations_expires_after_creation", sql`${table.expiresAt} > ${table.createdAt}`),
    check("invitations_settled_once", sql`${table.acceptedAt} is null or ${table.revokedAt} is null`),
  ],
);
