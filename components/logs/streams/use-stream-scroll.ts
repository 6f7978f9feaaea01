"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { compareRows, type ListRow } from "@/lib/logs/streams/list-rows";
import type { Anchor } from "@/lib/logs/streams/query-options";

export const lineHeight = 20;
const spareLines = 30;

/** What stays where it is while rows come and go around it: the end, or a row at so many pixels from the upper edge. */
type Held = "end" | { row: ListRow; below: number };

interface Options {
  /** When it changes, the list is another one and starts anew. */
  key: string;
  start: Anchor;
  /** Rows follow the last one that are not read yet, so the end of the list is not the end of the log. */
  open: boolean;
  onTop: (place: string | null) => void;
}

/**
 * A list that grows and shrinks at both ends without a row moving on screen. One line stands before the rows and one behind
 * them, for what is there.
 */
export function useStreamScroll(rows: readonly ListRow[], { key, start, open, onTop }: Options) {
  const [element, scroller] = useState<HTMLElement | null>(null);
  const [view, setView] = useState({ top: 0, viewport: 0, atEnd: false });
  const held = useRef<Held | null>(null);
  const startedAs = useRef<string | null>(null);

  const look = (place: HTMLElement) => {
    const { scrollTop: top, clientHeight: viewport } = place;
    const atEnd = top + viewport >= place.scrollHeight - 1;
    setView({ top, viewport, atEnd: atEnd && (!open || held.current === "end") });
    return { top, atEnd };
  };
  const hold = useEffectEvent((place: HTMLElement) => {
    const { top, atEnd } = look(place);
    const row = rows[Math.min(rows.length - 1, Math.max(0, Math.floor(top / lineHeight) - 1))];
    // The end that a list began with stays its end while more comes behind it.
    held.current =
      atEnd && (!open || held.current === "end")
        ? "end"
        : row
          ? { row, below: top - lineOf(rows, row) * lineHeight }
          : null;
    onTop(held.current === "end" ? null : (row?.place ?? null));
  });
  const settle = useEffectEvent((place: HTMLElement, listed: readonly ListRow[], listKey: string) => {
    if (listed.length === 0) return;
    const begins = startedAs.current !== listKey;
    if (begins) held.current = startOf(start, listed, place.clientHeight);
    startedAs.current = listKey;
    const top = topOf(held.current, listed, place);
    if (Math.abs(place.scrollTop - top) >= 1) place.scrollTop = top;
    look(place);
  });

  const resized = useEffectEvent((place: HTMLElement) => settle(place, rows, key));

  // Before the browser draws: a row that was put above must not be seen to push the others down.
  useLayoutEffect(() => {
    if (element) settle(element, rows, key);
  }, [element, rows, key]);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => resized(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);

  const first = Math.floor(view.top / lineHeight) - 1;
  const last = Math.ceil((view.top + (view.viewport || 800)) / lineHeight) - 2;
  const within = (index: number) => Math.min(rows.length - 1, Math.max(0, index));
  return {
    scroller,
    onScroll: () => {
      // In the frame of the scroll itself, or the edge of the list would show for one frame.
      if (element) flushSync(() => hold(element));
    },
    height: (rows.length + 2) * lineHeight,
    drawn: rows.length === 0 ? null : { first: within(first - spareLines), last: within(last + spareLines) },
    seen: rows.length === 0 ? null : { first: within(first), last: within(last) },
    atEnd: view.atEnd,
    show: (index: number) => {
      if (!element) return;
      const y = (index + 1) * lineHeight;
      const { scrollTop, clientHeight } = element;
      if (y - lineHeight < scrollTop) element.scrollTop = y - lineHeight;
      else if (y + 2 * lineHeight > scrollTop + clientHeight)
        element.scrollTop = y + 2 * lineHeight - clientHeight;
    },
    scrollToEnd: () => {
      // At once: rows that arrive before the browser tells of the scroll would put the list back where it was.
      held.current = "end";
      element?.scrollTo({ top: element.scrollHeight });
    },
  };
}

export type StreamScroll = ReturnType<typeof useStreamScroll>;

/** The line of a row, or of the one that stands where it stood. */
function lineOf(rows: readonly ListRow[], row: ListRow): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle];
    if (other && compareRows(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function startOf({ from, direction }: Anchor, rows: readonly ListRow[], viewport: number): Held | null {
  if (direction === "backward") return "end";
  const [first] = rows;
  if (direction === "forward") return first ? { row: first, below: -lineHeight } : null;
  const wanted =
    rows.find((row) => row.place === from) ?? rows.find((row) => isBehind(row, from)) ?? rows.at(-1);
  return wanted ? { row: wanted, below: -viewport / 3 } : null;
}

function isBehind(row: ListRow, from: string): boolean {
  const time = from.includes("~") ? Number(from.split("~")[0]) : Date.parse(from);
  return row.stands >= time;
}

function topOf(
  held: Held | null,
  rows: readonly ListRow[],
  { clientHeight, scrollHeight }: HTMLElement,
): number {
  const most = Math.max(0, scrollHeight - clientHeight);
  if (held === "end") return most;
  if (held === null) return 0;
  return Math.min(most, Math.max(0, lineOf(rows, held.row) * lineHeight + held.below));
}
