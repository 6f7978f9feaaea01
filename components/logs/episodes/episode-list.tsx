import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { ListSteps } from "../list-steps";
import { episodeColumns, episodeRowClass } from "./episode-columns";
import { NoEpisodes, NoMatchingEpisodes } from "./no-episodes";

interface EpisodeListProps {
  workspace: string;
  search: string;
  cursor: string | null;
  page: Promise<{ episodes: EpisodeSummary[]; next: string | null }>;
}

/** Episodes of the workspace, last written first. */
export async function EpisodeList({ workspace, search, cursor, page }: EpisodeListProps) {
  const { episodes, next } = await page;
  const address = `/w/${workspace}/logs`;
  if (episodes.length === 0 && !cursor) {
    return search ? (
      <NoMatchingEpisodes search={search} href={address} />
    ) : (
      <NoEpisodes workspace={workspace} />
    );
  }
  const query = (at: string) => `?${new URLSearchParams({ ...(search && { q: search }), cursor: at })}`;
  return (
    <div className="px-6 max-md:px-4">
      <DataTable<EpisodeSummary>
        label="Episodes"
        columns={episodeColumns(workspace)}
        rows={episodes}
        rowId={({ episodeId }) => episodeId}
        rowHref={({ episodeId }) => `${address}/${encodeURIComponent(episodeId)}`}
        rowData={({ episodeId }) => ({ "data-testid": `episode-row-${episodeId}` })}
        rowClassName={episodeRowClass}
      />
      <ListSteps
        label="Pages of episodes"
        firstHref={cursor && address + (search ? `?q=${encodeURIComponent(search)}` : "")}
        nextHref={next && address + query(next)}
      />
      <RowKeys />
    </div>
  );
}
