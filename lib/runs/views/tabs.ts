import type { SavedView, ViewPlace } from "@/lib/saved-views/schema";

/** Where the views of the run list are for. */
export const runViewsPlace: ViewPlace = { page: "runs", episodeId: null };

/** Views that stand as tabs; the others are in the menu beside them. */
export const mostTabs = 5;

/** One's own views, then those of others. The one that is open is always among them: it takes the last place if it must. */
export function tabsOf<View extends Pick<SavedView, "id" | "own">>(
  views: readonly View[],
  openId: string | null,
): View[] {
  const ordered = [...views.filter(({ own }) => own), ...views.filter(({ own }) => !own)];
  const first = ordered.slice(0, mostTabs);
  const open = ordered.find(({ id }) => id === openId);
  return !open || first.includes(open) ? first : [...first.slice(0, -1), open];
}
