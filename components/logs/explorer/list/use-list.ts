"use client";

import { everything } from "@/lib/logs/explorer-query";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { clocks } from "@/lib/logs/search-params";
import { type CopyFormat, mostCopiedRows } from "@/lib/logs/view/copy-rows";
import type { RowSpace } from "@/lib/logs/view/row-space";
import { isListed, stepFrom } from "@/lib/logs/view/selection";
import { useBookmarks } from "../marks/use-bookmarks";
import type { ExplorerParams } from "../use-explorer-params";
import type { Alignment, RowScroll } from "../use-row-scroll";
import { useColumnValues } from "./use-column-values";
import { useCopyRows } from "./use-copy-rows";
import { type Direction, useLevelWalk } from "./use-level-walk";
import { usePauseWalk } from "./use-pause-walk";
import { useRange } from "./use-range";
import { useTemplates } from "./use-templates";
import { useTimeFrame } from "./use-time-frame";

interface ListPlace {
  address: EpisodeAddress;
  params: ExplorerParams;
  episode: EpisodeSummary;
  /** The list as it is now, and its name: another query is another list. */
  space: RowSpace;
  listKey: string;
  scroll: RowScroll;
  selected: number | null;
  /** The row to walk from: the selected one, else the first on screen. */
  row: number | null;
  select: (seq: number, align: Alignment) => void;
}

/** In Δ a row this long after the one above stands out. */
const pauseMs = 1_000;

/** What one does in the list: how rows look, which are chosen, marked and copied, and the ways from one to the next. */
export function useList(place: ListPlace) {
  const { address, params, episode, space, listKey, scroll, selected, row, select } = place;
  const frame = useTimeFrame(params.clock, episode.firstAt);
  const values = useColumnValues(address, params.columns, space, scroll);
  const range = useRange(space, listKey, selected);
  const copying = useCopyRows(address, frame);
  const bookmarks = useBookmarks(address);
  const levels = useLevelWalk(address, (seq) => select(seq, "center"));
  const pauses = usePauseWalk(address, ({ seq }) => select(seq, "center"));
  const templates = useTemplates(address, episode, (template, what) =>
    params.set(what === "only" ? { template } : { without: [...params.without, template] }),
  );
  const here = row ?? -1;

  const clearRange = () => {
    range.clear();
    copying.forget();
  };
  const copyRange = (format: CopyFormat) => {
    if (range.range && range.range.rows <= mostCopiedRows) {
      copying.copy({ ...range.range, query: params.query }, format);
    }
  };
  // One row is copied whether the filter keeps it or not.
  const copyRow = (seq: number, format: CopyFormat) =>
    copying.copy({ from: seq, to: seq, rows: 1, query: everything }, format);
  const setColumns = (columns: string[]) => params.set({ columns });
  return {
    frame,
    pauseMs,
    columns: params.columns,
    values,
    range: range.range,
    copying,
    bookmarks,
    setColumns,
    toggleColumn: (name: string) =>
      setColumns(
        params.columns.includes(name)
          ? params.columns.filter((other) => other !== name)
          : [...params.columns, name],
      ),
    cycleClock: () => {
      const next = clocks[(clocks.indexOf(params.clock) + 1) % clocks.length];
      if (next) params.setClock(next);
    },
    selectOne: (seq: number) => {
      clearRange();
      select(seq, "nearest");
    },
    step: (by: 1 | -1) => {
      const listed = selected !== null && isListed(space, selected);
      const next = listed ? stepFrom(space, selected, by) : row;
      clearRange();
      if (next !== null) select(next, "nearest");
    },
    /** Chooses the rows from the selected one to this one. */
    extendTo: (seq: number) => {
      if (selected === null) select(seq, "nearest");
      else range.extendTo(seq);
    },
    extendBy: (by: 1 | -1) => {
      const next = range.extendBy(by);
      if (next !== null) scroll.show(next, "nearest");
    },
    clearRange,
    copyChosen: () => {
      if (range.range) copyRange("text");
      else if (row !== null) copyRow(row, "text");
    },
    copyRange,
    copyRow,
    /** A screen less two lines, so that the eye finds its place again. */
    page: (by: 1 | -1) => scroll.page(by),
    walkLevel: (kind: "error" | "warn", direction: Direction) => levels.find(kind, direction, here),
    walkPause: (direction: Direction) => pauses.find(direction, here),
    walkMarks: (direction: Direction) => {
      const next = bookmarks.next(here, direction);
      if (next !== null) select(next, "center");
    },
    toggleMark: () => {
      if (row !== null) bookmarks.toggle(row);
    },
    /** All rows around one of a filtered list, which stays where it is on screen. */
    showContext: (seq: number) => {
      scroll.hold(seq);
      params.set({ context: true, seq: String(seq) });
    },
    withTemplate: templates.ask,
    note: levels.noteAt(here) ?? pauses.noteAt(here) ?? templates.note ?? bookmarks.failure?.message ?? null,
  };
}

export type ExplorerListTools = ReturnType<typeof useList>;
