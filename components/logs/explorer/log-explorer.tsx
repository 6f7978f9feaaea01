"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { formatClock, formatCount, formatDuration, formatInstant, formatPlural } from "@/lib/format";
import { type EpisodeAddress, isSettled, overviewOptions, summaryOptions } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { hitSpace, seqAt } from "@/lib/logs/view/row-space";
import { stepFrom } from "@/lib/logs/view/selection";
import { FacetRail } from "./facet-rail";
import { GoToRow } from "./go-to-row";
import { Histogram } from "./histogram";
import { LevelMenu } from "./level-menu";
import { copyLink } from "./link-button";
import { ListArea, NoMatch, NoRowsYet, SearchFailed, SearchingRows } from "./list-area";
import { Minimap } from "./minimap";
import { QueryLine } from "./query-line";
import { RowDrawer } from "./row-drawer";
import { RowList } from "./row-list";
import { SearchStrip } from "./search-strip";
import { StatusBar } from "./status-bar";
import { useErrorWalk } from "./use-error-walk";
import { explorerKeys, useExplorerKeys } from "./use-explorer-keys";
import { useExplorerParams } from "./use-explorer-params";
import { useHits, useSearch } from "./use-hits";
import { useNewRows } from "./use-new-rows";
import { type Alignment, useRowScroll } from "./use-row-scroll";
import { useStreamRows, useStreamSpace } from "./use-stream";

interface LogExplorerProps {
  workspace: string;
  /** As the server read it for this page; the browser asks again while rows may come. */
  initial: EpisodeSummary;
}

/** One episode as one stream: rows by sequence number, wherever each of them is stored. */
export function LogExplorer({ workspace, initial }: LogExplorerProps) {
  const address: EpisodeAddress = { workspace, episodeId: initial.episodeId };
  const params = useExplorerParams();
  const summary = useQuery(summaryOptions(address));
  const episode = summary.data ?? initial;
  const { data: overview } = useQuery(overviewOptions(address, isSettled(episode)));

  const total = Number(episode.nextSequenceNumber);
  const selected = params.seq === null ? null : Number(params.seq);
  const filter = { levels: params.levels, text: params.text };
  const { filtered } = params;

  const stream = useStreamSpace(address, episode, overview);
  const hits = useHits(address, filter, { enabled: filtered, total });
  const space = filtered ? hitSpace(hits.list, Number(episode.archivedThrough) + 1) : stream;
  const scroll = useRowScroll(space, {
    key: filtered ? JSON.stringify(filter) : "",
    seq: filtered ? null : selected,
    end: !filtered && !episode.ended,
    keep: selected,
  });
  const streamRows = useStreamRows(address, stream, filtered ? null : scroll.drawn, {
    total,
    knownAt: summary.dataUpdatedAt,
    calm: scroll.calm,
  });
  const search = useSearch(hits, filtered, scroll.seen?.last ?? 0);
  const rows = filtered ? hits.rows : streamRows;
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
    const next = selected === null ? (inView?.first ?? null) : stepFrom(space, selected, by);
    if (next !== null) select(next, "nearest");
  };
  const row = selected ?? inView?.first ?? -1;
  const errors = useErrorWalk(address, (seq) => select(seq, "center"));
  const linkTo = (seq: string) => `/w/${workspace}/logs/${encodeURIComponent(address.episodeId)}?seq=${seq}`;
  const archiveHref = `/w/${workspace}/archive?episode=${encodeURIComponent(address.episodeId)}`;

  useExplorerKeys({
    step,
    toStart: scroll.toStart,
    toEnd: scroll.toEnd,
    error: (direction) => errors.find(direction, row),
    askForRow: () => setAsking(true),
    focusFilter: () => document.querySelector<HTMLElement>("[data-page-search]")?.focus(),
    copyLink: () => void (params.seq && copyLink(linkTo(params.seq))),
    clearFilter: params.clearFilters,
    close: () => params.select(null),
  });

  const { firstAt, lastAt } = episode;
  const span = firstAt && lastAt ? Math.max(0, Date.parse(lastAt) - Date.parse(firstAt)) : null;
  const levelChoice = { levels: episode.levels, chosen: params.levels, onToggle: params.toggleLevel };
  return (
    <Page
      rail
      breadcrumb={[
        { label: "Logs", href: `/w/${workspace}/logs` },
        { label: <span className="mono">{episode.episodeId}</span> },
      ]}
      asOf={
        <>
          <span className="whitespace-nowrap pr-2 text-12 text-text-3 max-md:hidden">
            {formatPlural(episode.total, "row")}
            {span !== null && `, ${formatDuration(span)}`}
          </span>
          <AsOf at={episode.asOf} state={summary.isError ? "stale" : isSettled(episode) ? "still" : "live"} />
        </>
      }
      className="flex flex-col max-md:h-[calc(100dvh-48px)] max-md:grow-0 md:overflow-hidden"
    >
      <PageKeys group={explorerKeys} />
      <QueryLine
        params={params}
        levelMenu={<LevelMenu {...levelChoice} />}
        range={firstAt && lastAt && timeRange(firstAt, lastAt)}
      />
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_14px] grid-rows-[auto_minmax(0,1fr)_auto] [grid-template-areas:'hist_hist'_'list_map'_'drawer_drawer'] md:grid-cols-[minmax(0,1fr)_28px_auto] md:grid-rows-[auto_minmax(0,1fr)] md:[grid-template-areas:'hist_hist_hist'_'list_map_drawer'] lg:grid-cols-[240px_minmax(0,1fr)_28px_auto] lg:[grid-template-areas:'rail_hist_hist_hist'_'rail_list_map_drawer']">
        <FacetRail workspace={workspace} episode={episode} {...levelChoice} />
        <div className="border-line border-b [grid-area:hist]">
          <Histogram
            episode={episode}
            overview={overview}
            inView={inView}
            onJump={(seq) => scroll.show(seq, "start")}
          />
        </div>
        <ListArea
          strip={filtered && <SearchStrip hits={hits} search={search} onClear={params.clearFilters} />}
          error={filtered ? null : rows.error}
          onRetry={rows.retry}
          newRows={newRows}
          onToEnd={scroll.toEnd}
          list={
            total === 0 ? (
              <NoRowsYet ended={episode.ended} />
            ) : filtered && search.status === "complete" && space.count === 0 ? (
              <NoMatch
                filter={filter}
                total={total}
                onDropText={() => params.setText("")}
                onClear={params.clearFilters}
              />
            ) : filtered && space.count === 0 && search.status === "searching" ? (
              <SearchingRows />
            ) : filtered && space.count === 0 && hits.rows.error ? (
              <SearchFailed error={hits.rows.error} onRetry={hits.goOn} retrying={hits.fetching} />
            ) : (
              <RowList
                label={`Rows of ${episode.episodeId}`}
                episode={episode}
                space={space}
                rows={rows}
                scroll={scroll}
                selected={selected}
                find={params.text}
                archiveHref={archiveHref}
                linkTo={linkTo}
                onSelect={(seq) => select(seq, "nearest")}
                onStep={step}
              />
            )
          }
        />
        <div className="[grid-area:map]">
          <Minimap
            episode={episode}
            overview={overview}
            inView={inView}
            hits={filtered ? hits.list.flatMap((row) => (row.kind === "entry" ? [Number(row.seq)] : [])) : []}
            onJump={(seq, passing) => scroll.show(seq, "center", passing)}
          />
        </div>
        {params.seq !== null && (
          <div className="min-h-0 w-94 [grid-area:drawer] max-md:z-10 max-md:h-63 max-md:w-auto max-md:rounded-t-3 max-md:border-line-strong max-md:border-t max-md:shadow-overlay">
            <RowDrawer
              address={address}
              episode={episode}
              seq={params.seq}
              link={linkTo(params.seq)}
              find={params.text}
              filtered={filtered}
              onStep={step}
              onClose={() => params.select(null)}
              onContext={params.clearFilters}
            />
          </div>
        )}
      </div>
      <StatusBar
        episode={episode}
        row={selected ?? inView?.first ?? null}
        stale={summary.isError}
        note={errors.noteAt(row) ?? levelNote(episode, params.levels, params.text)}
      />
      <GoToRow
        total={total}
        open={asking}
        onOpenChange={setAsking}
        onGo={(seq) => {
          setAsking(false);
          select(seq, "center");
        }}
      />
    </Page>
  );
}

/** The day is said once when both ends are on it. */
function timeRange(from: string, to: string): string {
  const end = from.slice(0, 10) === to.slice(0, 10) ? `${formatClock(to)} UTC` : formatInstant(to);
  return `${formatInstant(from).replace(" UTC", "")} to ${end}`;
}

/** A filter by level alone needs no search to be counted: the counts are kept at ingest. */
function levelNote(episode: EpisodeSummary, levels: (keyof EpisodeSummary["levels"])[], text: string) {
  if (levels.length === 0 || text) return null;
  const kept = levels.reduce((sum, level) => sum + episode.levels[level], 0);
  return `filter keeps ${formatCount(kept)} ${kept === 1 ? "row" : "rows"}`;
}
