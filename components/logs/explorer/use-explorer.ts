"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import {
  type EpisodeAddress,
  isSettled,
  overviewOptions,
  rowCountOptions,
  summaryOptions,
} from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { hitSpace, seqAt } from "@/lib/logs/view/row-space";
import { rowHeight, wrappedRowHeight } from "@/lib/logs/view/scroll-map";
import { markPattern } from "@/lib/logs/view/search-marks";
import { isCounted } from "@/lib/logs/view/search-run";
import { seqsOf } from "@/lib/logs/view/search-walk";
import { isListed } from "@/lib/logs/view/selection";
import { useDrawerWidth } from "./drawer/use-drawer-width";
import { copyLink } from "./link-button";
import { useList } from "./list/use-list";
import { useLiveTail } from "./live/use-live-tail";
import { useFind } from "./search/use-find";
import { useHitPlace } from "./search/use-hit-place";
import { useHitTail } from "./search/use-hit-tail";
import { useSearchRun, useStreamSearch } from "./search/use-stream-search";
import { useExplorerKeys } from "./use-explorer-keys";
import { useExplorerParams } from "./use-explorer-params";
import { useNewRows } from "./use-new-rows";
import { type Alignment, useRowScroll } from "./use-row-scroll";
import { useStreamRows, useStreamSpace } from "./use-stream";

/** A search stays this many lines ahead of the reader, and reads nothing nobody asked for. */
const linesAhead = 150;

/** Everything the explorer knows and can do: which rows there are, which are on screen, and the ways between them. */
export function useExplorer(workspace: string, initial: EpisodeSummary) {
  const address: EpisodeAddress = { workspace, episodeId: initial.episodeId };
  // A row that is selected and seen keeps its place on screen, whatever rows are listed around it next.
  const keepPlace = useRef(() => {});
  const params = useExplorerParams(() => keepPlace.current());
  const summary = useQuery(summaryOptions(address));
  const asked = summary.data ?? initial;
  const { filtered } = params;
  const live = useLiveTail(address, {
    enabled: params.live && !filtered && !asked.ended,
    from: Number(asked.nextSequenceNumber),
  });
  // The tail is ahead of what was last asked for; everything else about the episode may wait for the next answer.
  const isAhead = live.next > Number(asked.nextSequenceNumber);
  const episode = isAhead ? { ...asked, nextSequenceNumber: String(live.next) } : asked;
  const { data: overview } = useQuery(overviewOptions(address, isSettled(episode)));

  const total = Number(episode.nextSequenceNumber);
  const selected = params.seq === null ? null : Number(params.seq);

  const stream = useStreamSpace(address, episode, overview, live.folds);
  // Put aside, the filter's hits stay: one step leads back to them.
  const { query } = params.asked;
  const run = useSearchRun(address, query);
  const space = useMemo(
    () => (filtered ? hitSpace(run.rows, Number(episode.archivedThrough) + 1) : stream),
    [filtered, run.rows, episode.archivedThrough, stream],
  );
  const listKey = filtered ? JSON.stringify(query) : "";
  const following = params.live && selected === null;
  const hitPlace = useHitPlace(listKey, run);
  const scroll = useRowScroll(space, {
    key: listKey,
    seq: selected !== null && (!filtered || isListed(space, selected)) ? selected : null,
    end: filtered || !episode.ended,
    keep: selected,
    line: params.wrap ? wrappedRowHeight : rowHeight,
    follow: following,
    growsUp: hitPlace === "foot",
  });
  useEffect(() => {
    live.following.current = following && scroll.atEnd;
  });
  useFollow(params.live, scroll.toEnd);
  const streamRows = useStreamRows(address, stream, filtered ? null : scroll.drawn, {
    total,
    knownAt: Math.max(summary.dataUpdatedAt, live.at),
    calm: scroll.calm,
  });
  const search = useStreamSearch(address, query, {
    enabled: filtered && params.view === "rows",
    more: (scroll.seen?.first ?? 0) < linesAhead,
    total,
  });
  useHitTail(address, query, { enabled: filtered && !episode.ended, next: run.next });
  const counted = useQuery({
    ...rowCountOptions(address, query),
    enabled: params.asked.filtered && isCounted(query),
    select: ({ total, exact }) => (exact ? total : null),
  }).data;
  const newRows = useNewRows(total, scroll.atEnd || filtered);
  const [asking, setAsking] = useState(false);

  const found = useMemo(
    () => new Map(run.rows.flatMap((hit) => (hit.kind === "entry" ? [[Number(hit.seq), hit]] : []))),
    [run.rows],
  );
  const entryOf = (seq: number) => found.get(seq);
  const hits = useMemo(() => (filtered ? seqsOf(run.rows) : []), [filtered, run.rows]);

  const inView = scroll.seen && {
    first: seqAt(space, scroll.seen.first),
    last: seqAt(space, scroll.seen.last),
  };
  const select = (seq: number, align: Alignment) => {
    params.select(seq);
    scroll.show(seq, align);
  };
  const row = selected ?? inView?.first ?? null;
  const reveal = (seq: number) => {
    const seen = inView !== null && inView.first <= seq && seq <= inView.last;
    select(seq, seen ? "nearest" : "center");
  };
  const find = useFind(address, params, {
    row,
    total,
    listed: (seq) => isListed(space, seq),
    onFound: reveal,
  });
  const { q, mode } = params;
  const { text: findText, mode: findMode } = find;
  const marks = useMemo(
    () => markPattern({ text: q, mode }, { text: findText, mode: findMode }),
    [q, mode, findText, findMode],
  );
  /** Lifts the filter, or puts it back in force. The row stays where it is on screen. */
  const toggleContext = () => {
    if (params.asked.filtered) params.set({ context: !params.context });
  };
  useEffect(() => {
    const seen =
      selected === null || (inView !== null && inView.first <= selected && selected <= inView.last);
    keepPlace.current = () => {
      if (row !== null && seen) scroll.hold(row);
    };
  });
  const list = useList({ address, params, episode, space, listKey, scroll, selected, row, select });
  const drawer = useDrawerWidth();
  const linkTo = (seq: string) => `/w/${workspace}/logs/${encodeURIComponent(address.episodeId)}?seq=${seq}`;

  useExplorerKeys({
    ...list,
    toStart: scroll.toStart,
    toEnd: scroll.toEnd,
    askForRow: () => setAsking(true),
    focusFilter: () => document.querySelector<HTMLElement>("[data-explorer-filter]")?.focus(),
    openFind: () => {
      find.setOpen(true);
      document.querySelector<HTMLInputElement>("[data-explorer-find]")?.select();
    },
    walkFinds: (direction) => void find.walk(direction),
    toggleContext,
    copyLink: () => void (params.seq && copyLink(linkTo(params.seq))),
    clearFilter: params.clearFilters,
    toggleWrap: () => params.set({ wrap: params.wrap ? null : true }),
    toggleLive: () => params.set({ live: params.live ? null : true }),
    resizeDrawer: drawer.resizeBy,
    close: () => {
      if (list.range) list.clearRange();
      else params.select(null);
    },
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
    /** All rows, whatever the filter. */
    stream,
    space,
    scroll,
    live,
    list,
    drawer,
    rows: filtered ? { entry: entryOf, error: null, retry: search.goOn } : streamRows,
    /** Where the hits of a filter stand while they do not fill the list. */
    hitPlace,
    /** The search of the filter, also while it is put aside. */
    run,
    search,
    /** Rows the filter keeps, where counting is enough to know; null where only reading tells. */
    counted: counted ?? null,
    /** Hits of the filter so far, and those of find: ticks of the minimap. */
    hits,
    finds: find.hits,
    find,
    /** What to mark in messages. */
    marks,
    toggleContext,
    newRows,
    inView,
    select,
    step: list.step,
    linkTo,
    asking,
    setAsking,
    errorNote: list.note,
  };
}

export type Explorer = ReturnType<typeof useExplorer>;

/** Whoever asks to follow new rows wants to see them: the list goes to its end. */
function useFollow(live: boolean, toEnd: () => void): void {
  const go = useEffectEvent(toEnd);
  useEffect(() => {
    if (live) go();
  }, [live]);
}
