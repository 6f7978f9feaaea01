import { describe, expect, test } from "vitest";
import type { EpisodeOverview } from "../schema";
import { minimapDrawing } from "./level-marks";

const minute = 60_000;
const at = (ms: number) => new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString();
const bucket = (from: number, to: number, start: number, end: number, error: number) => ({
  from: String(from),
  to: String(to),
  startAt: at(start),
  endAt: at(end),
  levels: { debug: 0, info: to - from + 1 - error, warn: 0, error, fatal: 0 },
});
const overview = (...buckets: EpisodeOverview["buckets"]): EpisodeOverview => ({
  buckets,
  gaps: [],
  asOf: at(0),
});

describe("the minimap", () => {
  test("shows a single error among a million rows", () => {
    const rare = overview(bucket(0, 999_999, 0, minute, 1));
    expect(minimapDrawing(rare, 18).paths.error).not.toBe("");
  });

  test("makes the place where errors gather stand out from where they trickle", () => {
    const incident = overview(bucket(0, 999, 0, minute, 10), bucket(1000, 1999, minute, 2 * minute, 400));
    const widths = [...minimapDrawing(incident, 18).paths.error.matchAll(/h([\d.]+)v/g)].map((match) =>
      Number(match[1]),
    );
    expect(Math.max(...widths)).toBe(18);
    expect(Math.min(...widths)).toBeLessThan(4);
  });
});
