import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { workspaces } from "./workspaces";

/** Who works on tasks of runs: what a page asks before it says that nobody serves an executor. */
export const taskWorkers = pgTable(
  "task_workers",
  {
    /** Its name, with the workspace before it for a worker of one: two workspaces may name theirs alike. */
    id: text().primaryKey(),
    /** Null for a worker of the platform, which serves every workspace. */
    workspaceId: uuid().references(() => workspaces.id, { onDelete: "cascade" }),
    worker: text().notNull(),
    executors: text().array().notNull(),
    slots: integer().notNull(),
    busy: integer().notNull(),
    version: text(),
    startedAt: moment().notNull().defaultNow(),
    seenAt: moment().notNull(),
  },
  (table) => [
    // The live workers of a workspace.
    index("task_workers_workspace_idx").on(table.workspaceId, table.seenAt),
    // Removing the silent ones.
    index("task_workers_seen_at_idx").on(table.seenAt),
    check("task_workers_worker_length", sql`length(${table.worker}) between 1 and 200`),
    check("task_workers_executors_number", sql`cardinality(${table.executors}) between 1 and 20`),
  ],
);
