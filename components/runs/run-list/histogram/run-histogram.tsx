"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { RunFilters } from "@/lib/runs/list/filters";
import { runHistogramOptions } from "@/lib/runs/run-list-options";
import { useRunParams } from "../use-run-params";
import { HistogramChart } from "./histogram-chart";

interface RunHistogramProps {
  workspace: string;
  filters: RunFilters;
}

/** When the runs of the filter were made. It is read by itself: the list does not wait for it, nor fall with it. */
export function RunHistogram({ workspace, filters }: RunHistogramProps) {
  const { set } = useRunParams();
  const { data, isError, isFetching, refetch } = useQuery(runHistogramOptions(workspace, filters));
  return (
    <section aria-label="Runs over time" className="h-21 border-line border-b px-6 pt-2 max-md:px-4">
      {data ? (
        <HistogramChart histogram={data} stale={isError} onChoose={(since, until) => set({ since, until })} />
      ) : isError ? (
        <div role="alert" className="flex h-11 items-center gap-2 text-12">
          <StatusGlyph tone="fail" />
          <span>
            <b className="font-semibold text-fail-text">Runs cannot be counted by time.</b> The list below is
            read by itself.
          </span>
          <Button size="sm" onClick={() => void refetch()} disabled={isFetching}>
            {isFetching ? "Trying again" : "Try again"}
          </Button>
        </div>
      ) : (
        <LoadingBars />
      )}
    </section>
  );
}

const waiting = Array.from({ length: 24 }, (_, bar) => ({ bar, height: 20 + ((bar * 29) % 47) }));

export function LoadingBars() {
  return (
    <div aria-busy="true" className="flex h-11 items-end gap-0.5 border-line border-b">
      <span className="sr-only">Counting runs by time</span>
      {waiting.map(({ bar, height }) => (
        <span key={bar} className="grow bg-hover" style={{ height: `${height}%` }} />
      ))}
    </div>
  );
}
