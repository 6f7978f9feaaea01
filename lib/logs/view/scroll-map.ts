/** Height of every line of the list. Fixed, so that a position needs no measuring. */
export const rowHeight = 20;

/**
 * The same for a list whose messages are wrapped: every line is three lines of text high, whatever stands in it. A height by
 * content would have to be measured, and where row 8,000,000 stands would hang on rows nobody has read.
 */
export const wrappedRowHeight = 60;

/** Browsers lay out nothing taller than 17.8 (Firefox) or 33.5 (others) million pixels. */
const tallest = 15_000_000;

/**
 * Between the position in the stream (`top`, pixels of a list that may be thousands of screens beyond what a browser can
 * lay out) and the scroll position of the element that stands for it. Up to 750,000 lines the two are the same number.
 */
export interface ScrollMap {
  /** Height of one line. */
  line: number;
  /** Height of the element inside the scroller. */
  height: number;
  scaled: boolean;
  maxTop: number;
  maxScroll: number;
}

export function scrollMap(count: number, viewport: number, line: number = rowHeight): ScrollMap {
  const full = count * line;
  const height = Math.min(full, tallest);
  return {
    line,
    height,
    scaled: full > tallest,
    maxTop: Math.max(0, full - viewport),
    maxScroll: Math.max(0, height - viewport),
  };
}

export function scrollOf(map: ScrollMap, top: number): number {
  const kept = clampTop(map, top);
  return map.scaled ? (kept / map.maxTop) * map.maxScroll : kept;
}

export function topOf(map: ScrollMap, scroll: number): number {
  const kept = Math.min(Math.max(0, scroll), map.maxScroll);
  return map.scaled ? (kept / map.maxScroll) * map.maxTop : kept;
}

export function clampTop(map: ScrollMap, top: number): number {
  return Math.min(Math.max(0, top), map.maxTop);
}

/**
 * Where the stream stands after the scroller moved by itself. In a scaled list a short move (a swipe, Page Down) goes pixel
 * by pixel, or one notch would skip hundreds of rows; a long one is the thumb being dragged and is taken in proportion.
 */
export function topAfterScroll(
  map: ScrollMap,
  before: { top: number; scroll: number },
  scroll: number,
  viewport: number,
): number {
  const moved = scroll - before.scroll;
  const atEnd = scroll <= 0 || scroll >= map.maxScroll - 1;
  if (!map.scaled || atEnd || Math.abs(moved) > viewport * 3) return topOf(map, scroll);
  return clampTop(map, before.top + moved);
}

/** First and last line on screen, with `spare` lines drawn beyond each edge. Null when there is no line. */
export function linesInView(
  top: number,
  viewport: number,
  count: number,
  spare: number,
  line: number = rowHeight,
): { first: number; last: number } | null {
  if (count === 0) return null;
  const first = Math.max(0, Math.floor(top / line) - spare);
  const last = Math.min(count - 1, Math.ceil((top + viewport) / line) - 1 + spare);
  return { first: Math.min(first, count - 1), last: Math.max(last, 0) };
}
