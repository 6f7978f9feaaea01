import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, words } from "./columns";
import { logExportStates } from "./log-export-states";
import { users } from "./users";
import { workspaces } from "./workspaces";

/**
 * Exports of log entries that a worker prepares: the wish, who works on it, and the file it became. The file lies in the
 * object store in parts, under a prefix that belongs to one attempt; the row names that prefix only when all parts are there.
 */
export const logExports = pgTable(
  "log_exports",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** Whose it is: nobody else sees it. */
    userId: uuid()
      .notNull()
      .references(() => users.id),
    episodeId: text().notNull(),
    /** What is exported, as the URL of an export says it. */
    params: text().notNull(),
    state: text({ enum: logExportStates }).notNull().default("queued"),
    createdAt: createdAt(),

    /** Counts the workers that took it up. Who has an older number has lost it. */
    attempt: integer().notNull().default(0),
    leaseUntil: moment(),
    /** Not taken up again before this, after a failure. */
    notBefore: moment(),
    startedAt: moment(),
    finishedAt: moment(),

    /** Rows there will be, at most where not exact; known from counters when it was asked for. */
    expectedRows: bigint({ mode: "bigint" }).notNull(),
    expectedExact: boolean().notNull(),
    rowsWritten: bigint({ mode: "bigint" }).notNull().default(sql`0`),
    bytesWritten: bigint({ mode: "bigint" }).notNull().default(sql`0`),

    /** Of a file that is there: its parts are of equal size, but for the last. */
    objectPrefix: text(),
    partBytes: integer(),
    sizeBytes: bigint({ mode: "bigint" }),
    /** What the file holds and its hash; lib/logs/export/jobs/schema.ts. */
    result: jsonb().$type<Record<string, unknown>>(),
    /** Why there is no file, for the person who waits for it. */
    error: text(),
    /** The file is deleted then. */
    expiresAt: moment(),
    /** No object of any attempt is left. */
    cleared: boolean().notNull().default(false),
  },
  (table) => [
    // The exports of a person in a workspace, newest first (read backwards).
    index("log_exports_owner_idx").on(table.workspaceId, table.userId, table.createdAt, table.id),
    // What workers look for: the next one to do, and how many run in its workspace.
    index("log_exports_unfinished_idx")
      .on(table.state, table.workspaceId, table.createdAt)
      .where(sql`${table.state} in ('queued', 'running')`),
    // Files whose time is over, and leftovers.
    index("log_exports_uncleared_idx")
      .on(table.finishedAt)
      .where(sql`not ${table.cleared} and ${table.finishedAt} is not null`),
    // The foreign key to users: may this person be deleted?
    index("log_exports_user_id_idx").on(table.userId),
    check("log_exports_state_known", sql`${table.state} in (${words(logExportStates)})`),
    check("log_exports_params_length", sql`octet_length(${table.params}) <= 8192`),
    check(
      "log_exports_done_has_file",
      sql`${table.state} <> 'done' or (${table.objectPrefix} is not null and ${table.partBytes} is not null and ${table.sizeBytes} is not null and ${table.result} is not null and ${table.expiresAt} is not null)`,
    ),
    check(
      "log_exports_running_has_lease",
      sql`${table.state} <> 'running' or ${table.leaseUntil} is not null`,
    ),
    check(
      "log_exports_final_has_end",
      sql`${table.state} in ('queued', 'running') or ${table.finishedAt} is not null`,
    ),
  ],
);
