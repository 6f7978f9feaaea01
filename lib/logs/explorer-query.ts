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

export interface ExplorerQuery {
  query: LogQuery;
  /** The query leaves rows out. */
  filtered: boolean;
  /** What in the URL is no query, in words; the query then asks for everything. */
  queryError: string | null;
}

/** The query that a URL of the explorer asks for. Somebody may have written it by hand, so it may be wrong. */
export function explorerQuery(params: QueryParams, now = new Date()): ExplorerQuery {
  const search = new URLSearchParams({ levels: params.level.join(","), text: params.q, mode: params.mode });
  for (const condition of params.meta) search.append("meta", condition);
  if (params.template) search.set("template", params.template);
  for (const template of params.without) search.append("without", template);
  try {
    if (params.since) search.set("since", momentOf(params.since, now));
    if (params.until) search.set("until", momentOf(params.until, now));
    const query = logQueryFrom(search);
    return { query, filtered: !asksForNothing(query), queryError: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { query: parseQuery({}), filtered: false, queryError: error.message };
  }
}

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };

/** `-15m` as the time that is now; anything else as it is. */
export function momentOf(text: string, now: Date): string {
  const [, count, unit = ""] = /^-(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count ? new Date(now.getTime() - Number(count) * (units[unit] ?? 0)).toISOString() : text;
}
