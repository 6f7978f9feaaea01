"use client";

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { asksForNothing, type LogQuery } from "@/lib/logs/search/query";
import { listRows, type PageEnd, withTail } from "@/lib/logs/streams/list-rows";
import {
  type Anchor,
  type ListedPage,
  readPage,
  rowsOptions,
  type StreamsAddress,
  streamKeys,
} from "@/lib/logs/streams/query-options";
import type { MergedPage, MergedRow, StreamName } from "@/lib/logs/streams/schema";

/** How far before the last row rows of other streams are still looked for: their writers may be that late. */
const lateMs = 30_000;
const tailRows = 1_000;
const tailPages = 5;

/** Rows of many streams around a place, read on at both ends; new ones are put in their places as they are written. */
export function useMergedRows(
  address: StreamsAddress,
  query: LogQuery,
  anchor: Anchor,
  { live, total }: { live: boolean; total: number },
) {
  const client = useQueryClient();
  const read = useInfiniteQuery(rowsOptions(address, query, anchor));
  const pages = read.data?.pages;
  const list = useMemo(() => listRows(pages ?? []), [pages]);
  const names = useMemo(() => (pages ?? []).flatMap((page) => page.names), [pages]);
  const [stopped, setStopped] = useState(false);
  const last = pages?.at(-1);
  const reachesEnd = last?.reachesEnd ?? false;
  const [knownTotal, setKnownTotal] = useState(total);
  if (knownTotal !== total && !reachesEnd) setKnownTotal(total);

  // Each count that is not the one before brings the end of the list up to date; answers of older counts are not used. A page
  // above that was asked for before and comes after puts the pages back as they were: the mark is gone with the rows then.
  const broughtTo = last?.broughtTo ?? knownTotal;
  useQuery({
    queryKey: [...streamKeys.rows(address, query, anchor), "tail", total, broughtTo],
    queryFn: async ({ signal }) => {
      const tail = await readTail(address, query, list.at(-1), signal);
      client.setQueryData<InfiniteData<ListedPage, Anchor>>(
        streamKeys.rows(address, query, anchor),
        (held) => held && { ...held, pages: marked(withTail(held.pages, tail.rows, tail.end), total) },
      );
      return tail.rows.length;
    },
    enabled: live && reachesEnd && total !== broughtTo && !read.isFetching,
    gcTime: 0,
  });

  return {
    list,
    names,
    filtered: !asksForNothing(query),
    pending: read.isPending,
    fetching: read.isFetching,
    error: read.error,
    retry: () => void (pages ? read.fetchPreviousPage({ cancelRefetch: false }) : read.refetch()),
    hasOlder: read.hasPreviousPage,
    hasNewer: read.hasNextPage,
    readOlder: () => void read.fetchPreviousPage({ cancelRefetch: false }),
    readNewer: () => void read.fetchNextPage({ cancelRefetch: false }),
    /** How far the search has come to either side. */
    lookedTo: pages?.[0]?.lookedTo ?? last?.lookedTo ?? null,
    stopped,
    stop: () => {
      setStopped(true);
      void client.cancelQueries({ queryKey: streamKeys.rows(address, query, anchor), exact: true });
    },
    goOn: () => setStopped(false),
    asOf: last?.asOf ?? null,
  };
}

function marked(pages: readonly MergedPage[], broughtTo: number): ListedPage[] {
  return pages.map((page, index) => (index === pages.length - 1 ? { ...page, broughtTo } : page));
}

export type MergedRows = ReturnType<typeof useMergedRows>;

/** The end of the list as it is now, from a little before its last row on. */
async function readTail(
  address: StreamsAddress,
  query: LogQuery,
  last: MergedRow | undefined,
  signal: AbortSignal,
): Promise<{ rows: MergedRow[]; end: PageEnd }> {
  const rows: MergedRow[] = [];
  const names: StreamName[] = [];
  let from = last ? new Date(last.stands - lateMs).toISOString() : "start";
  for (let count = 1; ; count++) {
    const page = await readPage(address, query, { from, direction: "forward" }, tailRows, signal);
    rows.push(...page.rows);
    names.push(...page.names);
    if (page.reachesEnd || count === tailPages) return { rows, end: { ...page, names } };
    from = page.newer;
  }
}
