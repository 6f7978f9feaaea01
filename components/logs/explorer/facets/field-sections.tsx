"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import { rankOf, titleOf } from "@/lib/logs/facets/known-fields";
import { facetsOptions } from "@/lib/logs/facets/query-options";
import type { Facet, FacetList } from "@/lib/logs/facets/schema";
import { type EpisodeAddress, isSettled } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import type { ExplorerParams } from "../use-explorer-params";
import { FacetFailed, FacetSkeleton } from "./facet-states";
import { FieldSection } from "./field-section";

interface FieldSectionsProps {
  address: EpisodeAddress;
  episode: EpisodeSummary;
  params: ExplorerParams;
  /** Somebody can see them: until then nothing is counted. */
  active: boolean;
}

/** Fields that are open at first: enough to see what there is, and the templates below stay in sight. */
const openAtFirst = 3;
const unknownRank = rankOf("");

/** The metadata fields of the episode, with what is not counted of them. */
export function FieldSections({ address, episode, params, active }: FieldSectionsProps) {
  const { data, error, refetch, isFetching } = useQuery({
    ...facetsOptions(address, isSettled(episode)),
    enabled: active,
  });
  if (!data && error) {
    return (
      <div className="border-line border-t py-2">
        <FacetFailed what="Fields" error={error} retrying={isFetching} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) return <Loading />;
  const titles = data.facets.map(({ path }) => titleOf(path));
  return (
    <>
      {data.facets.map((facet, place) => (
        <FieldSection
          key={facet.path}
          facet={facet}
          ambiguous={titles.filter((title) => title === titles[place]).length > 1}
          openAtFirst={place < openAtFirst && isTelling(facet)}
          uncountedAnyway={data.rows - data.counted}
          params={params}
        />
      ))}
      <Uncounted list={data} />
    </>
  );
}

/** A field that is the same in every row says nothing until somebody asks. */
function isTelling({ path, values }: Facet): boolean {
  return values.length > 1 && rankOf(path) < unknownRank;
}

function Uncounted({ list }: { list: FacetList }) {
  const { chunks, rows, counted, counting } = list;
  if (rows === counted) return null;
  const inChunks = chunks.total - chunks.counted;
  return (
    <p role="status" className="border-line border-t px-3 py-2 text-12 text-text-2">
      {inChunks > 0
        ? `Counted in ${formatCount(chunks.counted)} of ${formatCount(chunks.total)} chunks${counting ? ", counting the rest" : ""}.`
        : "The oldest rows in the live store are not counted."}{" "}
      <span className="text-text-3">
        {formatCount(counted)} of {formatCount(rows)} rows.
      </span>
    </p>
  );
}

/** Two sections of the usual size. */
function Loading() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Counting fields</span>
      {[4, 3].map((rows) => (
        <div key={rows} className="border-line border-t pt-0.5 pb-2">
          <span className="flex h-8 items-center px-3">
            <Skeleton className="w-16" />
          </span>
          <FacetSkeleton rows={rows} />
        </div>
      ))}
    </div>
  );
}
