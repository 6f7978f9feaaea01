"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type EpisodeAddress, isSettled, overviewOptions, summaryOptions } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { hitSpace, seqAt } from "@/lib/logs/view/row-space";
import { rowHeight, wrappedRowHeight } from "@/lib/logs/view/scroll-map";
import { isListed, stepFrom } from "@/lib/logs/view/selection";
import { copyLink } from "./link-button";
import { useErrorWalk } from "./use-error-walk";
import { useExplorerKeys } from "./use-explorer-keys";
import { useExplorerParams } from "./use-explorer-params";
import { useHits, useSearch } from "./use-hits";
import { useLiveTail } from "./use-live-tail";
import { useNewRows } from "./use-new-rows";
import { type Alignment, useRowScroll } from "./use-row-scroll";
import { useStreamRows, useStreamSpace } from "./use-stream";

/** Everything the explorer knows and can do: which rows there are, which are on screen, and the ways between them. */
export function useExplorer(workspace: string, initial: EpisodeSummary) {
  const address: EpisodeAddress = { workspace, episodeId: initial.episodeId };
  const params = useExplorerParams();
  const summary = useQuery(summaryOptions(address));
  const asked = summary.data ?? initial;
  const { filtered } = params;
  const live = useLiveTail(address, {
    enabled: !filtered && !asked.ended,
    from: Number(asked.nextSequenceNumber),
  });
  // The tail is ahead of what was last asked for; everything else about the episode may wait for the next answer.
  const isAhead = live.next > Number(asked.nextSequenceNumber);
  const episode = isAhead ? { ...asked, nextSequenceNumber: String(live.next) } : asked;
  const { data: overview } = useQuery(overviewOptions(address, isSettled(episode)));

  const total = Number(episode.nextSequenceNumber);
  const selected = params.seq === null ? null : Number(params.seq);
  const filter = { levels: params.levels, text: params.text };

  const stream = useStreamSpace(address, episode, overview);
  const hits = useHits(address, filter, { enabled: filtered, total });
  const space = filtered ? hitSpace(hits.list, Number(episode.archivedThrough) + 1) : stream;
  const scroll = useRowScroll(space, {
    key: filtered ? JSON.stringify(filter) : "",
    seq: filtered ? null : selected,
    end: !filtered && !episode.ended,
    keep: selected,
    line: params.wrap ? wrappedRowHeight : rowHeight,
    follow: params.live && selected === null,
  });
  const streamRows = useStreamRows(address, stream, filtered ? null : scroll.drawn, {
    total,
    knownAt: Math.max(summary.dataUpdatedAt, live.at),
    calm: scroll.calm,
  });
  const search = useSearch(hits, filtered, scroll.seen?.last ?? 0);
  const newRows = useNewRows(total, scroll.atEnd || filtered);
  const [asking, setAsking] = useState(false);

  const inView = scroll.seen && {
    first: seqAt(space, scroll.seen.first),
    last: seqAt(space, scroll.seen.last),
  };
  const select = (seq: number, align: Alignment) => {
    params.select(seq);
    scroll.show(seq, align);
  };
  const step = (by: 1 | -1) => {
    const listed = selected !== null && isListed(space, selected);
    const next = listed ? stepFrom(space, selected, by) : (inView?.first ?? null);
    if (next !== null) select(next, "nearest");
  };
  const row = selected ?? inView?.first ?? null;
  const errors = useErrorWalk(address, (seq) => select(seq, "center"));
  const linkTo = (seq: string) => `/w/${workspace}/logs/${encodeURIComponent(address.episodeId)}?seq=${seq}`;

  useExplorerKeys({
    step,
    toStart: scroll.toStart,
    toEnd: scroll.toEnd,
    error: (direction) => errors.find(direction, row ?? -1),
    askForRow: () => setAsking(true),
    focusFilter: () => document.querySelector<HTMLElement>("[data-page-search]")?.focus(),
    copyLink: () => void (params.seq && copyLink(linkTo(params.seq))),
    clearFilter: params.clearFilters,
    close: () => params.select(null),
  });

  return {
    address,
    params,
    episode,
    overview,
    stale: summary.isError,
    total,
    selected,
    row,
    filter,
    space,
    scroll,
    rows: filtered ? hits.rows : streamRows,
    hits,
    search,
    newRows,
    inView,
    select,
    step,
    linkTo,
    asking,
    setAsking,
    errorNote: errors.noteAt(row ?? -1),
  };
}

export type Explorer = ReturnType<typeof useExplorer>;
