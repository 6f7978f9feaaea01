import { index, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Worker processes that say they are alive; a row that fell silent is removed after a day. */
export const workerHeartbeats = pgTable(
  "worker_heartbeats",
  {
    /** Host, process and a random part: two containers may share a host name and a pid. */
    worker: text().primaryKey(),
    startedAt: moment().notNull(),
    seenAt: moment().notNull(),
  },
  // The last sign of life; removing old rows.
  (table) => [index("worker_heartbeats_seen_at_idx").on(table.seenAt)],
);
