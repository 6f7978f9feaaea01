import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment, words } from "./columns";

export const probedStores = ["mongodb", "objects"] as const;

/** Whether a store answered the worker when it last asked. PostgreSQL has no row: who reads this has reached it. */
export const storeProbes = pgTable(
  "store_probes",
  {
    store: text({ enum: probedStores }).primaryKey(),
    reachable: boolean().notNull(),
    durationMs: integer().notNull(),
    /** For people: the place and the remedy. */
    problem: text(),
    checkedAt: moment().notNull(),
  },
  (table) => [
    check("store_probes_store_known", sql`${table.store} in (${words(probedStores)})`),
    check("store_probes_problem_told", sql`${table.reachable} or ${table.problem} is not null`),
  ],
);
