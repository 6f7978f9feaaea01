import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/**
 * Sign-in attempts per e-mail and per address within one window, counted here so that several web processes share the limit.
 * One row per key whatever the number of attempts, and rows of closed windows are removed as others are counted.
 */
export const loginAttempts = pgTable(
  "login_attempts",
  {
    /** "email:" or "address:" and a sha256: of one length, and no list of who tried to sign in. */
    key: text().primaryKey(),
    attempts: integer().notNull(),
    windowEndsAt: moment().notNull(),
  },
  (table) => [
    // Removing closed windows.
    index("login_attempts_window_ends_at_idx").on(table.windowEndsAt),
    check("login_attempts_key_shape", sql`${table.key} ~ '^(email|address):[0-9a-f]{64}$'`),
    check("login_attempts_attempts_positive", sql`${table.attempts} >= 0`),
  ],
);
