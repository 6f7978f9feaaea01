import { sql } from "drizzle-orm";
import { bigint, boolean, check, integer, pgTable, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { workspaces } from "./workspaces";

/**
 * What the last look for objects without a chunk found in a workspace (lib/archive/sweep.ts). The archive itself knows nothing
 * of such objects, and listing a bucket takes too long for a page.
 */
export const objectSweeps = pgTable(
  "object_sweeps",
  {
    workspaceId: uuid()
      .primaryKey()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    sweptAt: moment().notNull(),
    /** Nothing was deleted; somebody only looked. */
    dryRun: boolean().notNull(),
    orphans: integer().notNull(),
    orphanBytes: bigint({ mode: "number" }).notNull(),
    deleted: integer().notNull(),
    /** Too young to tell, or of an attempt that may still commit. */
    waiting: integer().notNull(),
    /** Nothing says where they come from: for a person to look at. */
    unexplained: integer().notNull(),
  },
  (table) => [check("object_sweeps_deleted_within", sql`${table.deleted} <= ${table.orphans}`)],
);
