"use client";

import { useQuery } from "@tanstack/react-query";
import { histogramOptions } from "@/lib/logs/histogram/query-options";
import { isSettled } from "@/lib/logs/query-options";
import { useExplorerContext } from "../explorer-context";
import { HistogramFailed, HistogramLoading, NoBars } from "./histogram-states";
import { TimeChart } from "./time-chart";

/** Rows over time by level, of the whole episode or of the stretch that is zoomed into. Its height never changes. */
export function Histogram() {
  const { address, params, episode } = useExplorerContext();
  const { from: since, to: until } = params.asked.query.time;
  const read = useQuery(histogramOptions(address, { since, until }, isSettled(episode)));
  return (
    <section
      aria-label="Rows over time by level"
      className="h-29 pt-2.5 pr-4 pl-3 max-md:h-24 max-md:px-3 max-md:pt-2"
    >
      {read.data ? (
        read.data.bars.length > 0 ? (
          <TimeChart histogram={read.data} stale={read.isError} />
        ) : (
          <NoBars ended={episode.ended} />
        )
      ) : read.isError ? (
        <HistogramFailed error={read.error} retrying={read.isFetching} onRetry={() => void read.refetch()} />
      ) : (
        <HistogramLoading />
      )}
    </section>
  );
}
