"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { type RowSpace, seqAt } from "@/lib/logs/view/row-space";
import {
  clampTop,
  linesInView,
  rowHeight,
  type ScrollMap,
  scrollMap,
  scrollOf,
  topAfterScroll,
} from "@/lib/logs/view/scroll-map";

/** Held by its row, not by pixels: rows that come, go or fold above it move nothing on screen. */
type Position = { kind: "end" } | { kind: "row"; seq: number; offset: number };

interface ScrollState {
  position: Position;
  /** Scroll position of the element; differs from the place in the stream once the list is scaled. */
  scroll: number;
  viewport: number;
  /** False while somebody drags through thousands of rows a second: reading them all would help nobody. */
  calm: boolean;
}

export type Alignment = "nearest" | "center" | "start";

export interface RowScroll {
  /** The scrolling element; it may come and go, as when a filter finds nothing. */
  scroller: (element: HTMLTableElement | null) => void;
  onScroll: () => void;
  /** Height of the element inside the scroller. */
  height: number;
  /** Where a line is drawn: `lineY` within a block of lines, and the block at `blockY`. A small scroll changes only the latter. */
  lineY: (line: number) => number;
  blockY: number;
  /** Lines to draw, and those a person sees. */
  drawn: { first: number; last: number } | null;
  seen: { first: number; last: number } | null;
  atEnd: boolean;
  calm: boolean;
  /** `passing`: one of many places on the way to another, as under a dragged thumb. */
  show: (seq: number, align: Alignment, passing?: boolean) => void;
  toStart: () => void;
  toEnd: () => void;
}

const spareLines = 24;
/** Transforms are single floats: beyond a few million pixels they would place rows beside their line. */
const linesInBlock = 1000;
/** Without a move for this long, the hand rests. */
const restMs = 100;

interface Start {
  /** When it changes, the list is another one and starts anew. */
  key: string;
  seq: number | null;
  end: boolean;
  /** A row that stays on screen when the screen gets smaller (a sheet opens under the list). */
  keep: number | null;
}

export function useRowScroll(space: RowSpace, start: Start): RowScroll {
  const [element, scroller] = useState<HTMLTableElement | null>(null);
  const [state, setState] = useState<ScrollState>(() => ({
    ...placeOf(start, space, 0),
    viewport: 0,
    calm: true,
  }));
  const [shownKey, setShownKey] = useState(start.key);
  const [centre, setCentre] = useState(start.seq);
  if (shownKey !== start.key) {
    setShownKey(start.key);
    setState({ ...state, ...placeOf(start, space, state.viewport) });
  }

  const map = scrollMap(space.count, state.viewport);
  const top = topOfPosition(state.position, space, map);
  const scroll = map.scaled ? (state.position.kind === "end" ? map.maxScroll : state.scroll) : top;

  const goTo = (nextTop: number, options: { calm?: boolean; scroll?: number } = {}) => {
    const kept = clampTop(map, nextTop);
    setState((before) => ({
      ...before,
      position: positionOf(kept, space, map),
      scroll: options.scroll ?? scrollOf(map, kept),
      calm: options.calm ?? before.calm,
    }));
  };
  const show = (seq: number, align: Alignment, passing = false) => {
    const y = space.indexOf(seq) * rowHeight;
    const lowest = y - state.viewport + rowHeight * 2;
    const calm = passing ? false : undefined;
    if (align === "center") goTo(y - state.viewport / 2, { calm });
    else if (align === "start") goTo(y, { calm });
    else if (y - rowHeight < top) goTo(y - rowHeight);
    else if (lowest > top) goTo(lowest);
  };

  const onScroll = () => {
    if (!element || Math.abs(element.scrollTop - scroll) < 1) return;
    const next = topAfterScroll(map, { top, scroll }, element.scrollTop, state.viewport);
    const calm = Math.abs(next - top) < state.viewport * 2;
    // In the frame of the scroll itself, or the edge of the list would show for one frame.
    flushSync(() => goTo(next, { calm: calm && state.calm, scroll: element.scrollTop }));
  };

  useLayoutEffect(() => {
    if (element && Math.abs(element.scrollTop - scroll) >= 1) element.scrollTop = scroll;
  });

  const keptInView = (seq: number, viewport: number) => {
    const y = space.indexOf(seq) * rowHeight;
    const wasSeen = y >= top && y < top + state.viewport;
    if (!wasSeen || y + rowHeight * 2 <= top + viewport) return null;
    const smaller = scrollMap(space.count, viewport);
    const next = clampTop(smaller, y + rowHeight * 2 - viewport);
    return { position: positionOf(next, space, smaller), scroll: scrollOf(smaller, next) };
  };
  const measured = useEffectEvent((viewport: number) => {
    setCentre(null);
    if (centre !== null) setState({ ...state, viewport, ...placeOf(start, space, viewport) });
    else setState({ ...state, viewport, ...(start.keep !== null && keptInView(start.keep, viewport)) });
  });
  useLayoutEffect(() => {
    if (!element) return;
    measured(element.clientHeight);
    const observer = new ResizeObserver(() => measured(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);

  // Short moves let the thumb of a scaled list drift from its true place; it is put right when the hand rests.
  const rested = useEffectEvent((at: number) => {
    if (at !== state.scroll) return;
    if (map.scaled) goTo(top, { calm: true });
    else if (!state.calm) setState({ ...state, calm: true });
  });
  useEffect(() => {
    const timer = setTimeout(rested, restMs, state.scroll);
    return () => clearTimeout(timer);
  }, [state.scroll]);

  const wheel = useEffectEvent((event: WheelEvent) => {
    if (!map.scaled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight * 3 : event.deltaMode ? state.viewport : 1;
    goTo(top + event.deltaY * unit);
  });
  useEffect(() => {
    const listen = (event: WheelEvent) => wheel(event);
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [element]);

  // Beneath the end of the element nothing may be drawn, or the browser would lengthen it.
  const lowest = Math.floor((map.height - scroll + top) / rowHeight) - 1;
  const near = linesInView(top, state.viewport || 720, space.count, spareLines);
  const drawn = near && {
    first: near.first,
    last: state.viewport > 0 ? Math.min(near.last, lowest) : near.last,
  };
  const firstOfBlock = Math.floor((drawn?.first ?? 0) / linesInBlock) * linesInBlock;
  return {
    scroller,
    onScroll,
    height: map.height,
    lineY: (line) => (line - firstOfBlock) * rowHeight,
    blockY: firstOfBlock * rowHeight - top + scroll,
    drawn,
    seen: linesInView(top, state.viewport, space.count, 0),
    atEnd: state.position.kind === "end",
    calm: state.calm,
    show,
    toStart: () => goTo(0),
    toEnd: () => goTo(map.maxTop),
  };
}

/** A first row stands in the middle of the screen, once its height is known. */
function placeOf(start: Start, space: RowSpace, viewport: number): Pick<ScrollState, "position" | "scroll"> {
  const map = scrollMap(space.count, viewport);
  if (start.seq === null && start.end) return { position: { kind: "end" }, scroll: map.maxScroll };
  const top = clampTop(
    map,
    space.indexOf(start.seq ?? 0) * rowHeight - Math.max(0, viewport - rowHeight) / 2,
  );
  return { position: positionOf(top, space, map), scroll: scrollOf(map, top) };
}

function topOfPosition(position: Position, space: RowSpace, map: ScrollMap): number {
  if (position.kind === "end") return map.maxTop;
  return clampTop(map, space.indexOf(position.seq) * rowHeight + position.offset);
}

/** At the end the list follows what is appended; anywhere else it stays with the row at its upper edge. */
function positionOf(top: number, space: RowSpace, map: ScrollMap): Position {
  if (top >= map.maxTop - 1 || space.count === 0) return { kind: "end" };
  const seq = seqAt(space, Math.floor(top / rowHeight));
  return { kind: "row", seq, offset: top - space.indexOf(seq) * rowHeight };
}
