"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { lineAt, lineKey, type PairedLine, type Places } from "@/lib/logs/compare/aligned-page";

export const lineHeight = 20;
/** Lines drawn beyond the screen, and lines before an end of what was read at which more is read. */
const spare = 20;
const near = 80;

/** A line to be looked at: the one at two rows, or one that was drawn before. */
export type Wish = { places: Places } | { key: string };

export function lineOfWish(lines: readonly PairedLine[], wish: Wish): number {
  return "key" in wish ? lines.findIndex((line) => lineKey(line) === wish.key) : lineAt(lines, wish.places);
}

interface LineWindowOptions {
  lines: readonly PairedLine[];
  /** A new wish moves the panes; new lines alone do not. */
  wish: Wish;
  /** The screen is near an end of what was read. Called with every drawing: what it starts, it must not start twice. */
  onNear: (ends: { start: boolean; end: boolean }) => void;
}

/** The drawn part of the lines. What is on screen stays where it is when lines are put before it. */
export function useLineWindow(
  scroller: RefObject<HTMLElement | null>,
  { lines, wish, onNear }: LineWindowOptions,
) {
  const [view, setView] = useState({ top: 0, height: 600 });
  const held = useRef<{ key: string; offset: number } | null>(null);
  const granted = useRef<Wish | null>(null);

  const look = () => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / lineHeight);
    const line = lines[first];
    held.current = line ? { key: lineKey(line), offset: element.scrollTop - first * lineHeight } : null;
    setView({ top: element.scrollTop, height: element.clientHeight });
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || lines.length === 0) return;
    const wished = lineOfWish(lines, wish);
    // A wish for a line that is just being read is granted when it is there.
    if (granted.current !== wish && wished >= 0) {
      granted.current = wish;
      // A third down, so that what led to it stands above.
      element.scrollTop = wished * lineHeight - Math.floor(element.clientHeight / 3);
    } else if (held.current) {
      const { key, offset } = held.current;
      const line = lines.findIndex((one) => lineKey(one) === key);
      if (line >= 0) element.scrollTop = line * lineHeight + offset;
    }
    const first = Math.floor(element.scrollTop / lineHeight);
    const line = lines[first];
    held.current = line ? { key: lineKey(line), offset: element.scrollTop - first * lineHeight } : null;
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, [scroller, lines, wish]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const first = Math.max(0, Math.floor(view.top / lineHeight));
  const last = Math.min(lines.length - 1, Math.ceil((view.top + view.height) / lineHeight));
  const nearEnd = lines.length > 0 && last > lines.length - near;
  const nearStart = lines.length > 0 && first < near;
  useEffect(() => {
    if (nearEnd || nearStart) onNear({ start: nearStart, end: nearEnd });
  });

  return {
    first,
    last,
    drawnFirst: Math.max(0, first - spare),
    drawnLast: Math.min(lines.length - 1, last + spare),
    onScroll: look,
  };
}
