"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { RowSpace } from "@/lib/logs/view/row-space";
import {
  clampTop,
  linesInView,
  rowHeight,
  scrollMap,
  scrollOf,
  topAfterScroll,
} from "@/lib/logs/view/scroll-map";
import {
  inLinesOf,
  type ListStart,
  type Place,
  placeAt,
  placeOf,
  positionOf,
  topOfPosition,
} from "@/lib/logs/view/scroll-place";

/** `scroll`, of the element, differs from the place in the stream once the list is scaled. */
interface ScrollState extends Place {
  viewport: number;
  /** Height of a line when this was true: an offset within a line is no other place when all lines get higher. */
  line: number;
  /** False while somebody drags through thousands of rows a second: reading them all would help nobody. */
  calm: boolean;
}

export type Alignment = "nearest" | "center" | "start";

export interface RowScroll {
  /** The scrolling element; it may come and go, as when a filter finds nothing. */
  scroller: (element: HTMLTableElement | null) => void;
  onScroll: () => void;
  /** Height of the element inside the scroller, and of each line. */
  height: number;
  line: number;
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
  /** Pixels from the upper edge of the list to a row, on screen or not. */
  offsetOf: (seq: number) => number;
  /** The next list (another key) begins with the row at the same height of the screen as it stands now. */
  hold: (seq: number) => void;
  /** A screen further or back. */
  page: (by: 1 | -1) => void;
  toStart: () => void;
  toEnd: () => void;
}

const spareLines = 24;
/** Transforms are single floats: beyond a few million pixels they would place rows beside their line. */
const linesInBlock = 1000;
/** Without a move for this long, the hand rests. */
const restMs = 100;

export function useRowScroll(space: RowSpace, start: ListStart): RowScroll {
  const [element, scroller] = useState<HTMLTableElement | null>(null);
  const [state, setState] = useState<ScrollState>(() => ({
    ...placeOf(start, space, 0),
    viewport: 0,
    line: start.line,
    calm: true,
  }));
  const [shownKey, setShownKey] = useState(start.key);
  const [centre, setCentre] = useState(start.seq);
  const [held, setHeld] = useState<{ seq: number; y: number } | null>(null);
  const map = scrollMap(space.count, state.viewport, start.line);
  if (shownKey !== start.key) {
    setShownKey(start.key);
    setHeld(null);
    setState({
      ...state,
      ...(held ? placeAt(held, space, map, start.follow) : placeOf(start, space, state.viewport)),
    });
  } else if (state.line !== start.line) {
    setState({ ...state, ...inLinesOf(state, start, space, map), line: start.line });
  } else if (state.position.kind === "end" && !start.follow && state.viewport > 0 && space.count > 0) {
    setState({ ...state, position: positionOf(map.maxTop, space, map, false) });
  }

  const top = topOfPosition(state.position, space, map);
  if (start.follow && state.position.kind === "row" && state.viewport > 0 && top >= map.maxTop - 1)
    setState({ ...state, position: { kind: "end" } });
  // In whole pixels, as a browser keeps it: the rest of one would move every row that is drawn.
  const scaled = Math.round(state.position.kind === "end" ? map.maxScroll : state.scroll);
  const scroll = map.scaled ? scaled : top;

  const goTo = (nextTop: number, options: { calm?: boolean; scroll?: number } = {}) => {
    const kept = clampTop(map, nextTop);
    setState((before) => ({
      ...before,
      position: positionOf(kept, space, map, start.follow),
      scroll: options.scroll ?? scrollOf(map, kept),
      calm: options.calm ?? before.calm,
    }));
  };
  const show = (seq: number, align: Alignment, passing = false) => {
    const y = space.indexOf(seq) * map.line;
    const lowest = y - state.viewport + map.line * 2;
    const calm = passing ? false : undefined;
    if (align === "center") goTo(y - state.viewport / 2, { calm });
    else if (align === "start") goTo(y, { calm });
    else if (y - map.line < top) goTo(y - map.line);
    else if (lowest > top) goTo(lowest);
  };
  const lead = start.growsUp ? Math.max(0, state.viewport - map.height) : 0;
  const offsetOf = (seq: number) => space.indexOf(seq) * map.line - top + lead;

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
    const y = space.indexOf(seq) * map.line;
    const wasSeen = y >= top && y < top + state.viewport;
    if (!wasSeen || y + map.line * 2 <= top + viewport) return null;
    const smaller = scrollMap(space.count, viewport, map.line);
    const next = clampTop(smaller, y + map.line * 2 - viewport);
    return { position: positionOf(next, space, smaller, start.follow), scroll: scrollOf(smaller, next) };
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
      event.deltaMode === WheelEvent.DOM_DELTA_LINE ? map.line * 3 : event.deltaMode ? state.viewport : 1;
    goTo(top + event.deltaY * unit);
  });
  useEffect(() => {
    const listen = (event: WheelEvent) => wheel(event);
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [element]);

  // Beneath the end of the element nothing may be drawn, or the browser would lengthen it.
  const lowest = Math.floor((map.height - scroll + top) / map.line) - 1;
  const near = linesInView(top, state.viewport || 720, space.count, spareFor(map.line), map.line);
  const drawn = near && {
    first: near.first,
    last: state.viewport > 0 ? Math.min(near.last, lowest) : near.last,
  };
  const firstOfBlock = Math.floor((drawn?.first ?? 0) / linesInBlock) * linesInBlock;
  return {
    scroller,
    onScroll,
    height: map.height,
    line: map.line,
    lineY: (line) => (line - firstOfBlock) * map.line,
    blockY: firstOfBlock * map.line - top + scroll + lead,
    drawn,
    seen: linesInView(top, state.viewport, space.count, 0, map.line),
    atEnd: top >= map.maxTop - 1,
    calm: state.calm,
    show,
    offsetOf,
    hold: (seq) => setHeld({ seq, y: offsetOf(seq) }),
    page: (by) => goTo(top + by * Math.max(map.line, state.viewport - 2 * map.line)),
    toStart: () => goTo(0),
    toEnd: () => goTo(map.maxTop),
  };
}

/** As many pixels beyond each edge, whatever the height of a line. */
function spareFor(line: number): number {
  return Math.ceil((spareLines * rowHeight) / line);
}
