import { cellClass, TableHead } from "@/components/data-table/data-table";
import { ListSteps } from "@/components/logs/list-steps";
import { cn } from "@/components/ui/cn";
import type { ArchiveEpisode } from "@/lib/archive/schema";
import { type ArchiveParams, archiveSearch } from "@/lib/archive/search-params";
import { archiveColumns, archiveRowClass } from "../episode-columns";

interface EpisodeOverviewProps {
  address: string;
  list: { episodes: ArchiveEpisode[]; next: string | null };
  params: ArchiveParams;
}

/** The episodes of a workspace for somebody who may not open them: the same columns, and no link into any. */
export function EpisodeOverview({ address, list: { episodes, next }, params }: EpisodeOverviewProps) {
  return (
    <section aria-labelledby="episodes-heading">
      <div className="flex h-9 items-center gap-2">
        <h2 id="episodes-heading" className="font-semibold">
          Episodes
        </h2>
        <span className="text-text-3">sorted by risk</span>
      </div>
      {episodes.length === 0 ? (
        <p className="py-2 text-12 text-text-2">This workspace has no logs.</p>
      ) : (
        <table aria-label="Episodes by risk" className="w-full table-fixed border-collapse max-md:block">
          <TableHead columns={archiveColumns} />
          <tbody className="max-md:block">
            {episodes.map((episode) => (
              <tr
                key={episode.episodeId}
                className={cn("h-8 border-line border-b max-md:h-auto", archiveRowClass)}
              >
                {archiveColumns.map((column) => (
                  <td key={column.id} className={cellClass(column)}>
                    {column.cell(episode)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ListSteps
        label="Pages of episodes"
        firstHref={params.cursor && address}
        nextHref={next && `${address}${archiveSearch({ cursor: next })}`}
      />
    </section>
  );
}
