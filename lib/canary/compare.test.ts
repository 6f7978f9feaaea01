import { describe, expect, test } from "vitest";
import { parseLine } from "@/lib/logs/parse-line";
import type { LogEntryDetail, LogRow } from "@/lib/logs/schema";
import { compareEntry, compareRows } from "./compare";
import { canaryLine, episodeIdAt, numberIn, uploadText } from "./line";

const episodeId = episodeIdAt(new Date("2026-11-20T10:00:00Z"));

function rowOf(line: number, seq = line, tier: "hot" | "cold" = "hot"): LogRow {
  const { at, level, message } = canaryLine(episodeId, line);
  return { kind: "entry", seq: String(seq), at, level, message, cut: false, source: null, tier };
}

function gap(from: number, to: number, reason: "missing" | "in_flight" | "unreadable"): LogRow {
  return { kind: "gap", from: String(from), to: String(to), reason, chunkNumber: null, detail: "gone" };
}

describe("a line of the canary", () => {
  test("is another for each number and episode, and the same each time it is asked for", () => {
    const texts = Array.from({ length: 50 }, (_, line) => uploadText(canaryLine(episodeId, line)));
    expect(new Set(texts).size).toBe(50);
    expect(uploadText(canaryLine(episodeId, 7))).toBe(texts[7]);
    expect(uploadText(canaryLine(episodeIdAt(new Date(0)), 7))).not.toBe(texts[7]);
  });

  test("is taken in as what must come back", () => {
    for (let line = 0; line < 40; line++) {
      const sent = canaryLine(episodeId, line);
      const parsed = parseLine(uploadText(sent));
      if (!parsed.ok) throw new Error(parsed.reason);
      const { timestamp, level, message, flags } = parsed.entry;
      expect({ at: timestamp?.toISOString(), level, message }).toEqual({
        at: sent.at,
        level: sent.level,
        message: sent.message,
      });
      expect(flags).toEqual([]);
      expect(numberIn(message)).toBe(line);
    }
  });
});

describe("rows are compared with what was sent", () => {
  test("all as sent: nothing is found, and the archived ones are counted", () => {
    const rows = [rowOf(3, 3, "cold"), rowOf(4, 4, "cold"), rowOf(5)];
    expect(compareRows(episodeId, 3, 6, rows)).toEqual({ through: 6, cold: 2, findings: [] });
  });

  test("a row that is left out, at the start, in the middle or at the end, is missing", () => {
    const missing = (line: number) => ({ line, kind: "missing", detail: expect.any(String) });
    expect(compareRows(episodeId, 3, 7, [rowOf(4), rowOf(6)]).findings).toEqual([missing(3), missing(5)]);
    expect(compareRows(episodeId, 3, 6, [rowOf(3)]).findings).toEqual([missing(4), missing(5)]);
    expect(compareRows(episodeId, 0, 2, []).findings).toEqual([missing(0), missing(1)]);
  });

  test("so is a gap, as far as it reaches into the stretch", () => {
    const { findings } = compareRows(episodeId, 3, 6, [gap(0, 4, "missing"), rowOf(5)]);
    expect(findings).toEqual([3, 4].map((line) => ({ line, kind: "missing", detail: "gone" })));
  });

  test.each(["in_flight", "unreadable"] as const)("what is %s now is looked at later", (reason) => {
    const rows = [rowOf(3), gap(4, 5, reason), rowOf(6)];
    expect(compareRows(episodeId, 3, 7, rows)).toEqual({ through: 4, cold: 0, findings: [] });
  });

  test("an earlier line in its place is a duplicate, a later one out of order, and anything else changed", () => {
    const changed = { ...rowOf(5), level: "fatal" } as const;
    const rows = [rowOf(3), rowOf(3, 4), changed, rowOf(9, 6)];
    expect(compareRows(episodeId, 3, 7, rows).findings).toMatchObject([
      { line: 4, kind: "duplicate" },
      { line: 5, kind: "changed" },
      { line: 6, kind: "out_of_order" },
    ]);
    expect(compareRows(episodeId, 3, 5, [rowOf(3), rowOf(3), rowOf(4)]).findings).toMatchObject([
      { line: 3, kind: "duplicate" },
    ]);
  });

  test("one entry is compared with all of its metadata", () => {
    const { at, level, message, metadataText } = canaryLine(episodeId, 8);
    const entry: LogEntryDetail = {
      seq: "8",
      at,
      level,
      message,
      metadataText,
      receivedAt: at,
      flags: [],
      tier: "cold",
      chunk: null,
    };
    expect(compareEntry(episodeId, 8, entry)).toEqual({ through: 9, cold: 1, findings: [] });
    const other = { ...entry, metadataText: metadataText.replace('"line":8', '"line":8.0') };
    expect(compareEntry(episodeId, 8, other)?.findings).toMatchObject([{ line: 8, kind: "changed" }]);
    expect(compareEntry(episodeId, 8, null)?.findings).toMatchObject([{ line: 8, kind: "missing" }]);
  });
});
