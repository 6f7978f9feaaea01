import { describe, expect, test } from "vitest";
import { streamSpace } from "./row-space";
import { rowHeight, scrollMap, wrappedRowHeight } from "./scroll-map";
import { inLinesOf, type ListStart, placeAt, placeOf, positionOf, topOfPosition } from "./scroll-place";

const viewport = 600;
const total = 12_000_000;
const spaceOf = (rows: number) => streamSpace({ total: rows, gaps: [], firstHot: 0 });
const space = spaceOf(total);
const begin: ListStart = {
  key: "",
  seq: null,
  end: false,
  keep: null,
  line: rowHeight,
  follow: false,
  growsUp: false,
};
/** Pixels from the upper edge of the screen to a row. */
const yOf = (seq: number, position: Parameters<typeof topOfPosition>[0], line: number) =>
  space.indexOf(seq) * line - topOfPosition(position, space, scrollMap(total, viewport, line));

describe("a list of twelve million rows", () => {
  test("that is wrapped keeps the selected row where the eye is", () => {
    const low = scrollMap(total, viewport);
    const high = scrollMap(total, viewport, wrappedRowHeight);
    const { position } = placeAt({ seq: 8_412_077, y: 300 }, space, low, false);
    const start = { ...begin, keep: 8_412_077, line: wrappedRowHeight };
    const wrapped = inLinesOf({ position, line: rowHeight, viewport }, start, space, high);
    expect(yOf(8_412_077, wrapped.position, wrappedRowHeight)).toBe(300);
    const back = { position: wrapped.position, line: wrappedRowHeight, viewport };
    const unwrapped = inLinesOf(back, { ...start, line: rowHeight }, space, low);
    expect(yOf(8_412_077, unwrapped.position, rowHeight)).toBe(300);
  });

  test("that is wrapped begins with the same row when none is selected", () => {
    const position = { kind: "row", seq: 5_000_000, offset: 10 } as const;
    const high = scrollMap(total, viewport, wrappedRowHeight);
    const wrapped = inLinesOf({ position, line: rowHeight, viewport }, begin, space, high);
    expect(wrapped.position).toEqual({ kind: "row", seq: 5_000_000, offset: 30 });
  });
});

describe("the end of a list", () => {
  const map = scrollMap(1000, viewport);

  test("is gone along with only by who follows", () => {
    expect(positionOf(map.maxTop, spaceOf(1000), map, true)).toEqual({ kind: "end" });
    const held = positionOf(map.maxTop, spaceOf(1000), map, false);
    const grown = scrollMap(1500, viewport);
    expect(topOfPosition(held, spaceOf(1500), grown)).toBe(map.maxTop);
    expect(topOfPosition({ kind: "end" }, spaceOf(1500), grown)).toBe(grown.maxTop);
  });

  test("is where a list begins that is asked for its end", () => {
    expect(placeOf({ ...begin, end: true }, spaceOf(1000), viewport).position).toEqual({ kind: "end" });
    expect(placeOf({ ...begin, end: true, seq: 500 }, spaceOf(1000), viewport).position).toMatchObject({
      kind: "row",
    });
  });
});

test("a row that is held stands at the same pixel in a list of other rows", () => {
  const filtered = streamSpace({
    total: 1000,
    gaps: [{ from: 100, to: 399, reason: "never_written", chunkNumber: null, detail: "" }],
    firstHot: 0,
  });
  const map = scrollMap(filtered.count, viewport);
  const { position } = placeAt({ seq: 600, y: 123 }, filtered, map, false);
  expect(filtered.indexOf(600) * rowHeight - topOfPosition(position, filtered, map)).toBe(123);
});
