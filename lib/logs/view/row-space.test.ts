import { describe, expect, test } from "vitest";
import type { LogRow } from "../schema";
import type { Gap } from "./gaps";
import { hitSpace, type RowSpace, seqAt, streamSpace } from "./row-space";
import { isListed, parseRowNumber, stepFrom } from "./selection";

const gap = (from: number, to: number): Gap => ({ from, to, reason: "damaged", chunkNumber: 1, detail: "" });
const noSeam = 0;

/** Every line, spelled out: "7" a row, "7-9" a gap, "|" the seam. */
function lines(space: RowSpace): string[] {
  return Array.from({ length: space.count }, (_, i) => {
    const ref = space.at(i);
    if (ref.kind === "seam") return "|";
    return ref.kind === "gap" ? `${ref.gap.from}-${ref.gap.to}` : String(ref.seq);
  });
}

describe("a stream", () => {
  test("has one line for each number, in order", () => {
    expect(lines(streamSpace({ total: 4, gaps: [], firstHot: noSeam }))).toEqual(["0", "1", "2", "3"]);
  });

  test("gives a gap of any width one line", () => {
    const space = streamSpace({ total: 12, gaps: [gap(0, 2), gap(5, 5), gap(8, 11)], firstHot: noSeam });
    expect(lines(space)).toEqual(["0-2", "3", "4", "5-5", "6", "7", "8-11"]);
  });

  test("draws the seam between the last archived and the first live row", () => {
    expect(lines(streamSpace({ total: 4, gaps: [], firstHot: 2 }))).toEqual(["0", "1", "|", "2", "3"]);
  });

  test("has no seam while everything is live, nor when everything is archived", () => {
    expect(lines(streamSpace({ total: 2, gaps: [], firstHot: 0 }))).toEqual(["0", "1"]);
    expect(lines(streamSpace({ total: 2, gaps: [], firstHot: 2 }))).toEqual(["0", "1"]);
  });

  test("keeps a gap that reaches over the seam whole, above it", () => {
    expect(lines(streamSpace({ total: 8, gaps: [gap(2, 5)], firstHot: 4 }))).toEqual([
      "0",
      "1",
      "2-5",
      "|",
      "6",
      "7",
    ]);
    expect(lines(streamSpace({ total: 8, gaps: [gap(4, 5)], firstHot: 4 }))).toEqual([
      "0",
      "1",
      "2",
      "3",
      "|",
      "4-5",
      "6",
      "7",
    ]);
  });

  test("cuts a gap at the end of what exists", () => {
    expect(lines(streamSpace({ total: 5, gaps: [gap(3, 99), gap(200, 300)], firstHot: noSeam }))).toEqual([
      "0",
      "1",
      "2",
      "3-4",
    ]);
  });

  test("finds the line of every number, and the number of every line, for any mix of gaps and seam", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { total, gaps, firstHot } = randomStream(seed);
      const space = streamSpace({ total, gaps, firstHot });
      for (let seq = 0; seq < total; seq++) {
        const ref = space.at(space.indexOf(seq));
        const holds =
          ref.kind === "entry"
            ? ref.seq === seq
            : ref.kind === "gap" && ref.gap.from <= seq && seq <= ref.gap.to;
        expect(holds, `seed ${seed}, number ${seq}`).toBe(true);
      }
      const listed = lines(space)
        .filter((line) => line !== "|")
        .flatMap(spelled);
      expect(listed, `seed ${seed}`).toEqual(Array.from({ length: total }, (_, i) => i));
    }
  });

  test("answers for twelve million rows without listing them", () => {
    const space = streamSpace({ total: 12_000_000, gaps: [gap(8_411_594, 8_412_005)], firstHot: 8_412_026 });
    expect(space.count).toBe(12_000_000 - 411 + 1);
    expect(space.at(space.indexOf(8_412_077))).toEqual({ kind: "entry", seq: 8_412_077 });
    expect(space.at(space.count - 1)).toEqual({ kind: "entry", seq: 11_999_999 });
  });
});

describe("a filtered list", () => {
  const entry = (seq: number): LogRow => ({
    kind: "entry",
    seq: String(seq),
    at: "2026-01-01T00:00:00.000Z",
    level: "info",
    message: "",
    cut: false,
    source: null,
    tier: "hot",
  });
  const hole: LogRow = { kind: "gap", from: "10", to: "19", reason: "damaged", chunkNumber: 0, detail: "" };
  const rows = [entry(3), hole, entry(25), entry(40)];

  test("shows its rows and gaps in order, with the seam where the archive ends", () => {
    expect(lines(hitSpace(rows, 30))).toEqual(["3", "10-19", "25", "|", "40"]);
    expect(lines(hitSpace(rows, 41))).toEqual(["3", "10-19", "25", "40"]);
  });

  test("finds the row that follows a number it does not hold", () => {
    const space = hitSpace(rows, 0);
    expect([3, 12, 25, 26, 40].map((seq) => seqAt(space, space.indexOf(seq)))).toEqual([3, 10, 25, 40, 40]);
  });

  test("is empty without rows", () => {
    expect(hitSpace([], 5).count).toBe(0);
  });
});

describe("the keyboard", () => {
  test("steps over the seam and onto a gap, and stays at the ends", () => {
    const space = streamSpace({ total: 6, gaps: [gap(3, 4)], firstHot: 2 });
    expect(stepFrom(space, 1, 1)).toBe(2);
    expect(stepFrom(space, 2, -1)).toBe(1);
    expect(stepFrom(space, 2, 1)).toBe(3);
    expect(stepFrom(space, 3, 1)).toBe(5);
    expect(stepFrom(space, 5, 1)).toBeNull();
    expect(stepFrom(space, 0, -1)).toBeNull();
  });

  test("does not step from a row that a filter has left out", () => {
    const rows = streamSpace({ total: 3, gaps: [], firstHot: noSeam });
    expect(isListed(rows, 2)).toBe(true);
    expect(isListed(rows, 7)).toBe(false);
    expect(stepFrom(rows, 7, -1)).toBeNull();
    expect(isListed(hitSpace([], 0), 0)).toBe(false);
  });

  test("takes a row number as people write it, and refuses one that does not exist", () => {
    expect(parseRowNumber(" 8,412,077 ", 12_000_000)).toBe(8_412_077);
    expect(parseRowNumber("#0", 1)).toBe(0);
    for (const bad of ["", "x", "1.5", "-1", "12000000", "99999999999999999999"]) {
      expect(parseRowNumber(bad, 12_000_000)).toBeNull();
    }
  });
});

function spelled(line: string): number[] {
  const [from = 0, to = from] = line.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function randomStream(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  const total = 1 + next(60);
  const gaps: Gap[] = [];
  for (let at = next(8); at < total; at += 1 + next(12)) {
    const to = at + next(6);
    gaps.push(gap(at, to));
    at = to;
  }
  return { total, gaps, firstHot: next(total + 2) };
}
