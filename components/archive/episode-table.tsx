import Link from "next/link";
import { Suspense } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import { ListSteps } from "@/components/logs/list-steps";
import { Button } from "@/components/ui/button";
import type { ArchiveEpisode, ArchiveState } from "@/lib/archive/schema";
import { archiveSearch } from "@/lib/archive/search-params";
import { formatCount } from "@/lib/format";
import { archiveColumns, archiveRowClass } from "./episode-columns";
import { EpisodeFilters } from "./episode-filters";

interface EpisodeTableProps {
  workspace: string;
  episodes: readonly ArchiveEpisode[];
  /** All episodes of the workspace by state; null where that cannot be read. The list does not wait for it. */
  states: Promise<Record<ArchiveState, number> | null>;
  /** How many the filter keeps; null without one. */
  matching: number | null;
  filter: { state: ArchiveState | null; q: string; cursor: string | null };
  selected: string;
  next: string | null;
}

export function EpisodeTable(props: EpisodeTableProps) {
  const { workspace, episodes, states, matching, filter, selected, next } = props;
  const address = `/w/${workspace}/archive`;
  return (
    <section aria-labelledby="episodes-heading" className="px-6 max-md:px-4">
      <div className="flex h-9 items-center gap-2">
        <h2 id="episodes-heading" className="font-semibold">
          Episodes
        </h2>
        <span className="text-text-3">
          {matching !== null && `${formatCount(matching)} of `}
          <Suspense>
            <Total states={states} />
          </Suspense>
          sorted by risk
        </span>
        <Key />
      </div>
      <Suspense fallback={<EpisodeFilters states={null} />}>
        <CountedFilters states={states} />
      </Suspense>
      {/* A handful of rows at a time: the worst come first, and the chunks of the chosen one stay in sight. */}
      <div className="max-h-72 overflow-y-auto [--page-top:0px] max-md:-mx-4 max-md:max-h-[60dvh] max-md:px-4">
        <DataTable<ArchiveEpisode>
          label="Episodes by risk"
          columns={archiveColumns}
          rows={episodes}
          rowId={({ episodeId }) => episodeId}
          rowHref={({ episodeId }) => `${address}${archiveSearch({ ...filter, episode: episodeId })}`}
          rowScroll={false}
          rowData={({ episodeId, state }) => ({
            "data-testid": `archive-row-${episodeId}`,
            "data-selected": String(episodeId === selected),
            "data-state": state,
          })}
          rowClassName={archiveRowClass}
        />
      </div>
      {episodes.length === 0 && <NoMatch address={address} filter={filter} />}
      <ListSteps
        label="Pages of episodes"
        firstHref={filter.cursor && `${address}${archiveSearch({ ...filter, cursor: null })}`}
        nextHref={next && `${address}${archiveSearch({ ...filter, cursor: next })}`}
      />
      <RowKeys />
    </section>
  );
}

async function Total({ states }: Pick<EpisodeTableProps, "states">) {
  const counts = await states;
  return counts && `${formatCount(Object.values(counts).reduce((sum, count) => sum + count, 0))}, `;
}

async function CountedFilters({ states }: Pick<EpisodeTableProps, "states">) {
  return <EpisodeFilters states={await states} />;
}

interface NoMatchProps {
  address: string;
  filter: EpisodeTableProps["filter"];
}

function NoMatch({ address, filter: { state, q } }: NoMatchProps) {
  const why = [state && `is ${state}`, q && `has “${q}” in its id`].filter(Boolean).join(" and ");
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <p className="font-medium">No episode {why || "is on this page"}.</p>
      <Button asChild size="sm">
        <Link href={address}>Show all episodes</Link>
      </Button>
    </div>
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
