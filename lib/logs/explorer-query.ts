import { AppError } from "@/lib/errors";
import { day, hour, minute, second } from "@/lib/time";
import type { LogLevel } from "./level";
import { asksForNothing, type LogQuery, logQueryFrom, parseQuery } from "./search/query";

/** The parts of the explorer's URL that make its query. */
export interface QueryParams {
  level: readonly LogLevel[];
  q: string;
  mode: LogQuery["mode"];
  since: string | null;
  until: string | null;
  meta: readonly string[];
  template: string | null;
  without: readonly string[];
}

/** A part of the URL that is no part of a query, and why. */
export interface QueryError {
  part: keyof QueryParams;
  message: string;
}

export interface ExplorerQuery {
  query: LogQuery;
  /** The query leaves rows out. */
  filtered: boolean;
  /** The query then asks for everything. */
  queryError: QueryError | null;
}

/** A query that every row meets. */
export const everything: LogQuery = parseQuery({});

/** The query that a URL of the explorer asks for. Somebody may have written it by hand, so it may be wrong. */
export function explorerQuery(params: QueryParams, now = new Date()): ExplorerQuery {
  const search = new URLSearchParams({ levels: params.level.join(","), text: params.q, mode: params.mode });
  for (const condition of params.meta) search.append("meta", condition);
  if (params.template) search.set("template", params.template);
  for (const template of params.without) search.append("without", template);
  if (params.since) search.set("since", momentOf(params.since, now));
  if (params.until) search.set("until", momentOf(params.until, now));
  try {
    const query = logQueryFrom(search);
    return { query, filtered: !asksForNothing(query), queryError: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { query: everything, filtered: false, queryError: namedError(error.message) };
  }
}

/** "metadata.0.path: A path looks like …" → the part of the URL, and the sentence. */
function namedError(text: string): QueryError {
  const at = text.indexOf(": ");
  const [name = "", inner = ""] = text.slice(0, at).split(".");
  return { part: partOf(name, inner), message: text.slice(at + 2) };
}

function partOf(name: string, inner: string): keyof QueryParams {
  if (name === "time") return inner === "to" ? "until" : "since";
  if (name === "levels") return "level";
  if (name === "metadata") return "meta";
  return name === "template" || name === "without" || name === "mode" ? name : "q";
}

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };

/** How long before now a relative time is: `-15m`, `-6h`, `-7d`. Null for any other text. */
export function agoOf(text: string): number | null {
  const [, count, unit = ""] = /^-(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count ? Number(count) * (units[unit] ?? 0) : null;
}

/** A relative time as the time that it is now; anything else as it is. */
export function momentOf(text: string, now: Date): string {
  const ago = agoOf(text);
  return ago === null ? text : new Date(now.getTime() - ago).toISOString();
}
