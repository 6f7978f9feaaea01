import { type RowSpace, seqAt } from "./row-space";
import { clampTop, type ScrollMap, scrollMap, scrollOf } from "./scroll-map";

/** Held by its row, not by pixels: rows that come, go or fold above it move nothing on screen. */
export type Position = { kind: "end" } | { kind: "row"; seq: number; offset: number };

/** A place in a list, and where the scroller stands for it. */
export interface Place {
  position: Position;
  scroll: number;
}

/** How a list begins, and what it holds on to. */
export interface ListStart {
  /** When it changes, the list is another one and starts anew. */
  key: string;
  seq: number | null;
  end: boolean;
  /** A row that stays on screen when the screen gets smaller (a sheet opens under the list). */
  keep: number | null;
  /** Height of a line. */
  line: number;
  /** At the end the list goes along with what is appended; otherwise it stays with its rows there as anywhere. */
  follow: boolean;
  /** Rows come in front of those that are there. Until they fill the screen they stand at its foot, and none of them moves. */
  growsUp: boolean;
}

/** A first row stands in the middle of the screen, once its height is known. */
export function placeOf(start: ListStart, space: RowSpace, viewport: number): Place {
  const map = scrollMap(space.count, viewport, start.line);
  if (start.seq === null && start.end) return { position: { kind: "end" }, scroll: map.maxScroll };
  const top = clampTop(map, space.indexOf(start.seq ?? 0) * map.line - Math.max(0, viewport - map.line) / 2);
  return { position: positionOf(top, space, map, start.follow), scroll: scrollOf(map, top) };
}

/** The row at the given distance from the upper edge of the screen, as far as the list reaches. */
export function placeAt(
  held: { seq: number; y: number },
  space: RowSpace,
  map: ScrollMap,
  follow: boolean,
): Place {
  const top = clampTop(map, space.indexOf(held.seq) * map.line - held.y);
  return { position: positionOf(top, space, map, follow), scroll: scrollOf(map, top) };
}

/** The same rows when every line gets another height; the one that is kept stays at its place of the screen. */
export function inLinesOf(
  { position, line, viewport }: { position: Position; line: number; viewport: number },
  start: ListStart,
  space: RowSpace,
  map: ScrollMap,
): Place {
  if (position.kind === "end") return { position, scroll: map.maxScroll };
  const before = topOfPosition(position, space, scrollMap(space.count, viewport, line));
  const y = start.keep === null ? -1 : space.indexOf(start.keep) * line - before;
  if (start.keep !== null && y >= 0 && y < viewport) {
    return placeAt({ seq: start.keep, y: Math.min(y, viewport - map.line) }, space, map, start.follow);
  }
  const kept = { ...position, offset: (position.offset / line) * map.line };
  return { position: kept, scroll: scrollOf(map, topOfPosition(kept, space, map)) };
}

export function topOfPosition(position: Position, space: RowSpace, map: ScrollMap): number {
  if (position.kind === "end") return map.maxTop;
  return clampTop(map, space.indexOf(position.seq) * map.line + position.offset);
}

/** A list that follows stays at its end with what is appended; anywhere else it stays with the row at its upper edge. */
export function positionOf(top: number, space: RowSpace, map: ScrollMap, follow: boolean): Position {
  if (space.count === 0 || (follow && top >= map.maxTop - 1)) return { kind: "end" };
  const seq = seqAt(space, Math.floor(top / map.line));
  return { kind: "row", seq, offset: top - space.indexOf(seq) * map.line };
}
