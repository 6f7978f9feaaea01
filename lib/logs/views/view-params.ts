import { explorerSearch, loadExplorerParams } from "../search-params";

/**
 * What a view keeps of the explorer's URL: the query and how it is looked at. Not where one is in it (row, zoom, places), for
 * a view shows what is there when it is opened.
 */
const kept = [
  "view",
  "level",
  "q",
  "mode",
  "since",
  "until",
  "meta",
  "template",
  "without",
  "find",
  "findMode",
  "clock",
  "columns",
  "wrap",
  "with",
] as const;

/** The kept part of a URL's search, always written the same way: two looks are the same when these texts are. */
export function viewParams(search: string | URLSearchParams): string {
  const loaded = loadExplorerParams(new URLSearchParams(search));
  const picked = Object.fromEntries(kept.map((name) => [name, loaded[name]]));
  const params = new URLSearchParams(explorerSearch(picked));
  params.sort();
  return params.toString();
}

/** The explorer's URL for a view: everything it keeps, and its name for the menu. */
export function viewSearch({ id, params }: { id: string; params: string }): string {
  return `?${params ? `${params}&` : ""}saved=${id}`;
}

/** All parameters that a view decides, so that opening it also takes away what it does not have. */
export function viewPatch(params: string) {
  const loaded = loadExplorerParams(new URLSearchParams(params));
  const { view, level, q, mode, since, until, meta, template, without } = loaded;
  const { find, findMode, clock, columns, wrap, with: other } = loaded;
  return {
    ...{ view, level, q, mode, since, until, meta, template, without },
    ...{ find, findMode, clock, columns, wrap, with: other },
    zoom: null,
    context: null,
    at: null,
  };
}
