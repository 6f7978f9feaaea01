import { optionalColumns } from "../list/look";
import { loadRunListParams, paramsOf, runFiltersOf, runListQuery } from "../search-params";

/**
 * What a view keeps of the run list's URL: the filters and the columns, always written the same way, so that two looks are the
 * same when these texts are. Not the page one is on, for a view shows what is newest when it is opened.
 */
export function runViewParams(search: string | URLSearchParams): string {
  const loaded = loadRunListParams(new URLSearchParams(search));
  const { columns } = loaded;
  const filters = paramsOf({ ...runFiltersOf(loaded), cursor: null, direction: "older" });
  const params = new URLSearchParams(
    runListQuery({
      ...filters,
      columns: columns && optionalColumns.filter((column) => columns.includes(column)),
    }),
  );
  params.sort();
  return params.toString();
}

/** The run list's URL for a view: everything it keeps, and its name for the tabs. */
export function runViewSearch({ id, params }: { id: string; params: string }): string {
  return `?${params ? `${params}&` : ""}saved=${id}`;
}
