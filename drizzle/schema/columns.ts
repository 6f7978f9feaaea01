import { sql } from "drizzle-orm";
import { timestamp, uuid } from "drizzle-orm/pg-core";

/** Time-ordered, so that keyset paging by (createdAt, id) and the primary key index agree. */
export const id = () => uuid().primaryKey().default(sql`uuidv7()`);

/** Milliseconds, as a JavaScript Date holds them: a value read and written back compares equal (keyset cursors rely on it). */
export const moment = () => timestamp({ withTimezone: true, precision: 3 });

export const createdAt = () => moment().notNull().defaultNow();

export const updatedAt = () =>
  moment()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date());

/** Renders a closed list of words for a check constraint. The words are ours, never input. */
export const words = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));
