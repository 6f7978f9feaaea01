import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns";

/** The episodes that the canary writes and checks, one at a time; some dozen rows at most. */
export const canaryEpisodes = pgTable(
  "canary_episodes",
  {
    episodeId: text().primaryKey(),
    /** Lines that were acknowledged: 0 … sent-1 must be there from then on. */
    sent: integer().notNull().default(0),
    /** Lines that were read back once, soon after they were sent. */
    readBack: integer().notNull().default(0),
    /** How far the walk over all lines has come. */
    walked: integer().notNull().default(0),
    createdAt: createdAt(),
    /** Nothing more is sent to it. */
    endedAt: moment(),
  },
  (table) => [
    check("canary_episodes_sent_positive", sql`${table.sent} >= 0`),
    check(
      "canary_episodes_within",
      sql`${table.readBack} <= ${table.sent} and ${table.walked} <= ${table.sent}`,
    ),
  ],
);
