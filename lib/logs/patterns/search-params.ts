import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What stands first in the list of patterns: most rows, seen first, seen last, new ones. */
export const patternOrders = ["rows", "first", "last", "new"] as const;
export type PatternOrder = (typeof patternOrders)[number];

/** How the patterns of the explorer are looked at; which rows they are of is the explorer's own query. */
export const patternParams = {
  order: parseAsStringLiteral(patternOrders).withDefault("rows"),
  /** A part of the templates that are listed. */
  having: parseAsString.withDefault(""),
};
