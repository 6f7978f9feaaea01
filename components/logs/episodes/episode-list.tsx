import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import type { EpisodeSummary } from "@/lib/logs/schema";
import type { StreamListFilters } from "@/lib/logs/streams/list-streams";
import { streamListSearch } from "@/lib/logs/streams/search-params";
import { ListSteps } from "../list-steps";
import { episodeColumns, episodeRowClass } from "./episode-columns";
import { NoEpisodes, NoMatchingEpisodes } from "./no-episodes";

interface EpisodeListProps {
  workspace: string;
  filters: Omit<StreamListFilters, "search"> & { q: string; cursor: string | null };
  page: Promise<{ episodes: EpisodeSummary[]; next: string | null }>;
}

/** Streams of the workspace, last written first. */
export async function EpisodeList({ workspace, filters, page }: EpisodeListProps) {
  const { episodes, next } = await page;
  const { cursor, q, by, state, errors, age } = filters;
  const address = `/w/${workspace}/logs`;
  if (episodes.length === 0 && !cursor) {
    return q || by || state || errors || age ? (
      <NoMatchingEpisodes search={q} href={address} />
    ) : (
      <NoEpisodes workspace={workspace} />
    );
  }
  const at = (place: string | null) => address + streamListSearch({ ...filters, cursor: place });
  return (
    <div className="px-6 max-md:px-4">
      <DataTable<EpisodeSummary>
        label="Streams"
        columns={episodeColumns(workspace)}
        rows={episodes}
        rowId={({ episodeId }) => episodeId}
        rowHref={({ episodeId }) => `${address}/${encodeURIComponent(episodeId)}`}
        rowData={({ episodeId }) => ({ "data-testid": `episode-row-${episodeId}` })}
        rowClassName={episodeRowClass}
      />
      <ListSteps label="Pages of streams" firstHref={cursor && at(null)} nextHref={next && at(next)} />
      <RowKeys />
    </div>
  );
}
