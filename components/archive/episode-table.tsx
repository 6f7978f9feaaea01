import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import { ListSteps } from "@/components/logs/list-steps";
import type { ArchiveEpisode } from "@/lib/archive/schema";
import { archiveColumns, archiveRowClass } from "./episode-columns";

interface EpisodeTableProps {
  workspace: string;
  episodes: readonly ArchiveEpisode[];
  total: number;
  selected: string;
  cursor: string | null;
  next: string | null;
}

export function EpisodeTable({ workspace, episodes, total, selected, cursor, next }: EpisodeTableProps) {
  const address = `/w/${workspace}/archive`;
  return (
    <section aria-labelledby="episodes-heading" className="px-6 max-md:px-4">
      <div className="flex h-9 items-center gap-2">
        <h2 id="episodes-heading" className="font-semibold">
          Episodes
        </h2>
        <span className="text-text-3">{total}, sorted by risk</span>
        <Key />
      </div>
      {/* A handful of rows at a time: the worst come first, and the chunks of the chosen one stay in sight. */}
      <div className="max-h-80 overflow-y-auto [--page-top:0px] max-md:-mx-4 max-md:max-h-[60dvh] max-md:px-4">
        <DataTable<ArchiveEpisode>
          label="Episodes by risk"
          columns={archiveColumns}
          rows={episodes}
          rowId={({ episodeId }) => episodeId}
          rowHref={({ episodeId }) =>
            `${address}?${new URLSearchParams({ ...(cursor && { cursor }), episode: episodeId })}`
          }
          rowData={({ episodeId, state }) => ({
            "data-testid": `archive-row-${episodeId}`,
            "data-selected": String(episodeId === selected),
            "data-state": state,
          })}
          rowClassName={archiveRowClass}
        />
      </div>
      <ListSteps
        label="Pages of episodes"
        firstHref={cursor && address}
        nextHref={next && `${address}?${new URLSearchParams({ cursor: next })}`}
      />
      <RowKeys />
    </section>
  );
}

function Key() {
  return (
    <span aria-hidden="true" className="ml-auto flex items-center gap-3.5 text-12 text-text-3 max-md:hidden">
      <span>
        <span className="mr-1.5 inline-block h-2 w-3.5 rounded-[1px] bg-hatch" />
        archive
      </span>
      <span>
        <span className="mr-1.5 inline-block h-2 w-3.5 rounded-[1px] bg-tier-hot" />
        live
      </span>
      <span>
        <span className="mr-1.5 inline-block h-3 w-0.5 bg-text align-[-2px]" />
        threshold
      </span>
    </span>
  );
}
