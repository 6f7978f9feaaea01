import type { WorkspaceScope } from "@/lib/auth/access";
import { parseQuery } from "@/lib/logs/search/query";
import { placeFrom } from "@/lib/logs/streams/place";
import { type MergedPageRequest, readMergedPage } from "@/lib/logs/streams/read-page";
import type { MergedPage, MergedRow } from "@/lib/logs/streams/schema";
import type { StreamSet } from "@/lib/logs/streams/stream-set";

export const everyStream: StreamSet = { runId: null, only: [], without: [] };

type Wanted = Partial<Omit<MergedPageRequest, "from" | "query">> & { from?: string; query?: object };

/** One page of many streams. */
export function mergedPage(
  scope: WorkspaceScope,
  { from = "start", set = everyStream, direction = "forward", limit = 100, query = {} }: Wanted,
  budget?: { milliseconds: number; rowsRead: number },
): Promise<MergedPage> {
  const request = { set, direction, limit, from: placeFrom(from, new Date()), query: parseQuery(query) };
  return readMergedPage(scope, request, new AbortController().signal, budget);
}

/** Every row, page by page, in ascending order. `between` runs after each page. */
export async function everyMergedRow(
  scope: WorkspaceScope,
  wanted: Wanted & { direction: "forward" | "backward" },
  {
    budget,
    between,
  }: { budget?: { milliseconds: number; rowsRead: number }; between?: () => Promise<void> } = {},
): Promise<MergedRow[]> {
  const rows: MergedRow[] = [];
  const ahead = wanted.direction === "forward";
  for (let from = wanted.from ?? (ahead ? "start" : "end"); ; ) {
    const page = await mergedPage(scope, { ...wanted, from }, budget);
    if (ahead) rows.push(...page.rows);
    else rows.unshift(...page.rows);
    if (ahead ? page.reachesEnd : page.reachesStart) return rows;
    from = ahead ? page.newer : page.older;
    await between?.();
  }
}
