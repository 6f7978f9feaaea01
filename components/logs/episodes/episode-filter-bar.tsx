import { Suspense } from "react";
import type { StreamCounts } from "@/lib/logs/streams/list-streams";
import { EpisodeFilters } from "./episode-filters";
import { EpisodeSearch } from "./episode-search";

/** The filters stand at once; how many streams each keeps follows. */
export function EpisodeFilterBar({ counts }: { counts: Promise<StreamCounts> }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-6 py-2 max-md:px-4">
      <EpisodeSearch />
      <Suspense fallback={<EpisodeFilters counts={null} />}>
        <CountedFilters counts={counts} />
      </Suspense>
    </div>
  );
}

async function CountedFilters({ counts }: { counts: Promise<StreamCounts> }) {
  return <EpisodeFilters counts={await counts} />;
}
