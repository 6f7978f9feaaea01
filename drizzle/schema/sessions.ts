import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns";
import { users } from "./users";

/** One row per signed-in browser, read on every request: revoking it, or suspending the person, acts at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    /** sha256 of the random key in the cookie, hex: a copy of this table signs nobody in. */
    keyHash: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    lastSeenAt: moment().notNull().defaultNow(),
    revokedAt: moment(),
    userAgent: text(),
    ip: text(),
  },
  (table) => [
    // Every request: the session of a cookie.
    unique("sessions_key_hash_key").on(table.keyHash),
    // The sessions of a person, newest first (read backwards), to list and to revoke; and the foreign key.
    index("sessions_user_id_created_at_idx").on(table.userId, table.createdAt),
    // Removing those that are over.
    index("sessions_expires_at_idx").on(table.expiresAt),
    check("sessions_key_hash_shape", sql`${table.keyHash} ~ '^[0-9a-f]{64}$'`),
    check("sessions_expires_after_creation", sql`${table.expiresAt} > ${table.createdAt}`),
    check("sessions_user_agent_length", sql`length(${table.userAgent}) <= 400`),
    check("sessions_ip_length", sql`length(${table.ip}) <= 64`),
  ],
);
