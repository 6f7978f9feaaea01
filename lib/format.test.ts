import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDuration,
  formatInstant,
  formatPercent,
  formatPlural,
  formatRelative,
  shortenId,
} from "./format";
import { day, hour, minute, second } from "./time";

const now = Date.parse("2026-11-20T14:02:11Z");

describe("figures", () => {
  test("a count keeps every digit, also beyond what a JSON number holds", () => {
    expect(formatCount("9007199254740993")).toBe("9,007,199,254,740,993");
    expect(formatCount(0)).toBe("0");
  });

  test("the noun agrees with the count", () => {
    expect(formatPlural(1, "task")).toBe("1 task");
    expect(formatPlural(0, "task")).toBe("0 tasks");
    expect(formatPlural(1284, "entry", "entries")).toBe("1,284 entries");
  });

  test("a compact count is exact below ten thousand", () => {
    expect(formatCompact(9999)).toBe("9,999");
    expect(formatCompact(3_620_000)).toBe("3.6 M");
  });

  test("bytes carry binary units", () => {
    expect([512, 1536, 240 * 1024 ** 2].map(formatBytes)).toEqual(["512 B", "1.5 KiB", "240 MiB"]);
  });

  test("a share is never rounded into a claim of all or nothing", () => {
    expect(formatPercent(1)).toBe("100%");
    expect(formatPercent(0.9999)).toBe("> 99.9%");
    expect(formatPercent(0.0001)).toBe("< 0.1%");
    expect(formatPercent(0.9642)).toBe("96.4%");
  });
});

describe("durations", () => {
  test.each([
    [640, "640 ms"],
    [4_290, "4.2 s"],
    [59_999, "59 s"],
    [2 * minute + 8 * second, "2 min 08 s"],
    [8 * hour + 14 * minute, "8 h 14 min"],
    [3 * day + 4 * hour, "3 d 04 h"],
    [-90 * second, "−1 min 30 s"],
  ])("%i ms is written %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("times", () => {
  test("an age has one unit and a future says so", () => {
    expect(formatRelative(now - 4 * minute, now)).toBe("4 min ago");
    expect(formatRelative(now + 3 * hour, now)).toBe("in 3 h");
    expect(formatRelative(now - 2 * second, now)).toBe("just now");
  });

  test("an age of a week or more is the date", () => {
    expect(formatRelative(now - 7 * day, now)).toBe("13 Nov 2026");
  });

  test("an instant names its zone", () => {
    expect(formatInstant("2026-11-20T14:02:11.481Z")).toBe("20 Nov 2026, 14:02:11 UTC");
  });
});

test("a short id stays whole, a long one keeps both ends", () => {
  expect(shortenId("run-1")).toBe("run-1");
  expect(shortenId("7f3a91e0-aaaa-bbbb-cccc-00000000dc21")).toBe("7f3a91e0…dc21");
});
