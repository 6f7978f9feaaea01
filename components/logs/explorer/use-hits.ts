"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type EpisodeAddress, hitsOptions } from "@/lib/logs/query-options";
import type { LogFilter, LogRow } from "@/lib/logs/schema";
import { isAhead, type SearchState } from "@/lib/logs/view/search-progress";
import type { Rows } from "./use-stream";

export interface Hits {
  list: LogRow[];
  rows: Rows;
  /** Every number below this has been looked at. */
  searched: number;
  total: number;
  complete: boolean;
  stopped: boolean;
  fetching: boolean;
  stop: () => void;
  goOn: () => void;
}

/** The rows a filter keeps, in order, found in bounded steps. */
export function useHits(
  address: EpisodeAddress,
  filter: LogFilter,
  { enabled, total }: { enabled: boolean; total: number },
): Hits {
  const query = useInfiniteQuery({ ...hitsOptions(address, filter), enabled });
  const [stoppedFor, setStoppedFor] = useState<string | null>(null);
  const filterKey = JSON.stringify(filter);

  const pages = (enabled && query.data?.pages) || [];
  const list = pages.flatMap((page) => page.rows);
  const bySeq = new Map(
    list.flatMap((row) => (row.kind === "entry" ? [[Number(row.seq), row] as const] : [])),
  );
  const last = pages.at(-1);
  const searched = last ? Math.min(total, Number(last.next ?? last.nextSequenceNumber)) : 0;
  const goOn = () => {
    setStoppedFor(null);
    void (query.data ? query.fetchNextPage() : query.refetch());
  };
  return {
    list,
    rows: { entry: (seq) => bySeq.get(seq), error: query.error, retry: () => void query.refetch() },
    searched,
    total,
    complete: last !== undefined && searched >= total,
    stopped: stoppedFor === filterKey,
    fetching: query.isFetching,
    stop: () => setStoppedFor(filterKey),
    goOn,
  };
}

/** Keeps a search a few screens ahead of the reader, and no further: nobody asked for the rest yet. */
export function useSearch(hits: Hits, enabled: boolean, lastLine: number): SearchState {
  const { list, searched, total, complete, stopped, fetching, rows } = hits;
  const goesOn = enabled && !complete && !stopped && rows.error === null && !isAhead(list.length, lastLine);
  const started = list.length > 0 || searched > 0;
  useEffect(() => {
    if (goesOn && started && !fetching) hits.goOn();
  }, [goesOn, started, fetching, hits]);
  const status = rows.error
    ? "failed"
    : complete
      ? "complete"
      : stopped
        ? "stopped"
        : goesOn
          ? "searching"
          : "waiting";
  return { hits: list.filter((row) => row.kind === "entry").length, searched, total, status };
}
