import { sql } from "drizzle-orm";
import { bigint, check, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns";
import { workspaces } from "./workspaces";

/**
 * What the canary remembers of itself (lib/canary): one row. It lies in another store than what the canary watches, so that
 * a MongoDB that was set back cannot take the memory of the lost rows with it.
 */
export const canaryState = pgTable(
  "canary_state",
  {
    id: text().primaryKey().default("canary"),
    /** Its own workspace, of which nobody is a member. */
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id),
    /** The worker whose turn it is; another one takes over when that time has passed. */
    claimedBy: text(),
    claimedUntil: moment(),
    /** Rows that were compared with what was sent; one row counts each time. */
    linesChecked: bigint({ mode: "number" }).notNull().default(0),
    /** Those of them that came from the archive. */
    coldChecked: bigint({ mode: "number" }).notNull().default(0),
    lastSentAt: moment(),
    lastCheckedAt: moment(),
    createdAt: createdAt(),
  },
  (table) => [check("canary_state_single", sql`${table.id} = 'canary'`)],
);
