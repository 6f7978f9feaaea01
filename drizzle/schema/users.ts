import { sql } from "drizzle-orm";
import { check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, moment, updatedAt, words } from "./columns";

export const userStatuses = ["active", "suspended"] as const;
export const platformRoles = ["admin"] as const;

export const users = pgTable(
  "users",
  {
    id: id(),
    email: text().notNull(),
    displayName: text().notNull(),
    avatarUrl: text(),
    status: text({ enum: userStatuses }).notNull().default("active"),
    /** May look at the platform across its workspaces; null for everybody else. It opens no workspace and no row. */
    platformRole: text({ enum: platformRoles }),
    /** argon2id in PHC form; null for a person who has been invited but has not set a password. Read only by lib/auth. */
    passwordHash: text(),
    lastLoginAt: moment(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    // Sign-in by e-mail, however it is capitalised; two people cannot share one.
    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),
    check(
      "users_email_shape",
      sql`${table.email} ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(${table.email}) <= 254`,
    ),
    check("users_platform_role_known", sql`${table.platformRole} in (${words(platformRoles)})`),
    check("users_status_known", sql`${table.status} in (${words(userStatuses)})`),
    check("users_password_hash_argon2id", sql`${table.passwordHash} like '$argon2id$%'`),
  ],
);
