import { describe, expect, test } from "vitest";
import { linesInView, rowHeight, scrollMap, scrollOf, topAfterScroll, topOf } from "./scroll-map";

const viewport = 600;
const small = scrollMap(500_000, viewport);
const huge = scrollMap(12_000_000, viewport);

describe("a list the browser can lay out", () => {
  test("scrolls pixel by pixel: position and scroll are the same number", () => {
    expect(small.scaled).toBe(false);
    expect(small.height).toBe(500_000 * rowHeight);
    for (const top of [0, 1, 12_345.5, small.maxTop]) {
      expect(scrollOf(small, top)).toBe(top);
      expect(topOf(small, top)).toBe(top);
    }
  });
});

describe("a list of twelve million rows", () => {
  test("stays within what every browser can lay out", () => {
    expect(huge.scaled).toBe(true);
    expect(huge.height).toBeLessThan(17_800_000);
  });

  test("reaches the very first and the very last row", () => {
    expect(topOf(huge, 0)).toBe(0);
    expect(topOf(huge, huge.maxScroll)).toBe(12_000_000 * rowHeight - viewport);
    expect(linesInView(topOf(huge, huge.maxScroll), viewport, 12_000_000, 0)?.last).toBe(11_999_999);
  });

  test("names one row for a position and leads back to it, within a thousandth of a row", () => {
    for (const row of [0, 1, 77, 8_412_077, 11_999_960]) {
      const back = topOf(huge, scrollOf(huge, row * rowHeight));
      expect(Math.abs(back - row * rowHeight)).toBeLessThan(rowHeight / 1000);
    }
  });

  test("moves pixel by pixel under a swipe, and in proportion when the thumb is dragged", () => {
    const top = 1_000_000 * rowHeight;
    const before = { top, scroll: scrollOf(huge, top) };
    expect(topAfterScroll(huge, before, before.scroll + 100, viewport)).toBe(top + 100);
    expect(topAfterScroll(huge, before, before.scroll + 50_000, viewport)).toBe(
      topOf(huge, before.scroll + 50_000),
    );
  });

  test("ends where the scroller ends, however the way there was", () => {
    const before = { top: huge.maxTop - 5_000, scroll: huge.maxScroll - 20 };
    expect(topAfterScroll(huge, before, huge.maxScroll, viewport)).toBe(huge.maxTop);
    expect(topAfterScroll(huge, { top: 4_000, scroll: 10 }, 0, viewport)).toBe(0);
  });
});

describe("lines in view", () => {
  test("are those that a pixel of the viewport shows, and the spare ones around", () => {
    expect(linesInView(0, 100, 1000, 0)).toEqual({ first: 0, last: 4 });
    expect(linesInView(30, 100, 1000, 0)).toEqual({ first: 1, last: 6 });
    expect(linesInView(30, 100, 1000, 10)).toEqual({ first: 0, last: 16 });
  });

  test("stay within the list", () => {
    expect(linesInView(0, 600, 3, 10)).toEqual({ first: 0, last: 2 });
    expect(linesInView(0, 600, 0, 10)).toBeNull();
    expect(linesInView(10_000, 600, 3, 0)).toEqual({ first: 2, last: 2 });
  });
});
