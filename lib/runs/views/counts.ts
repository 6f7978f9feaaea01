import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listViews } from "@/lib/saved-views/queries";
import { minute } from "@/lib/time";
import { runFilterOf } from "../list/filters";
import { loadRunListParams, runFiltersOf } from "../search-params";
import { countRuns } from "./count-runs";
import type { ViewCount, ViewCounts } from "./counts-schema";
import { runViewsPlace } from "./tabs";

/** A count is this old before it is made again, whoever asks and however many do. */
const keptMs = minute;
/** Counts that are remembered, and views that are counted for one reader. */
const mostKept = 1_000;
const mostViews = 30;

interface Kept {
  at: number;
  count: Promise<ViewCount>;
}
/** By workspace and what the view keeps; the oldest first. */
const kept = new Map<string, Kept>();

/** The runs of the views that somebody can open. */
export async function countViews(scope: WorkspaceScope, now = new Date()): Promise<ViewCounts> {
  const { views } = await listViews(scope, runViewsPlace);
  const counts: ViewCounts["counts"] = {};
  let oldest = now.getTime();
  // One's own first, as in the tabs; one after the other, so that many views are no burst of queries.
  const ordered = [...views.filter(({ own }) => own), ...views.filter(({ own }) => !own)];
  for (const { id, params } of ordered.slice(0, mostViews)) {
    const { at, count } = counted(scope, params, now);
    counts[id] = await count;
    oldest = Math.min(oldest, at);
  }
  return { counts, asOf: new Date(oldest).toISOString() };
}

function counted(scope: WorkspaceScope, params: string, now: Date): Kept {
  const key = JSON.stringify([scope.workspaceId, params]);
  const before = kept.get(key);
  if (before && now.getTime() - before.at < keptMs) return before;
  const filter = runFilterOf(runFiltersOf(loadRunListParams(new URLSearchParams(params))));
  const fresh = { at: now.getTime(), count: countRuns(scope, filter, { now }) };
  kept.delete(key);
  kept.set(key, fresh);
  // What failed is tried again by the next who asks.
  fresh.count.catch(() => kept.get(key) === fresh && kept.delete(key));
  for (const oldestKey of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldestKey);
  }
  return fresh;
}
