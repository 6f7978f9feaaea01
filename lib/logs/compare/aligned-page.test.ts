import { describe, expect, test } from "vitest";
import type { LogPage, LogRow } from "../schema";
import {
  type AlignedPage,
  differs,
  lineAt,
  nextDifference,
  type PairedLine,
  type ReadRows,
  readAligned,
} from "./aligned-page";
import { templateKeys } from "./template-keys";

const start = Date.parse("2026-03-01T08:00:00.000Z");

const entry = (seq: number, message: string): LogRow => ({
  kind: "entry",
  seq: String(seq),
  at: new Date(start + seq * 10).toISOString(),
  level: "info",
  message,
  cut: false,
  source: null,
  tier: "hot",
});

/** A reader of two streams of messages that pages like the route does. */
function reader(streams: Record<"a" | "b", LogRow[]>): ReadRows {
  return async (side, from, direction, limit): Promise<LogPage> => {
    const rows = streams[side];
    const [first, last] =
      direction === "forward" ? [from, from + limit - 1] : [Math.max(0, from - limit + 1), from];
    const next =
      direction === "forward" ? (last < rows.length - 1 ? last + 1 : null) : first > 0 ? first - 1 : null;
    return {
      rows: rows.slice(first, last + 1),
      next: next === null ? null : String(next),
      searchedTo: null,
      nextSequenceNumber: String(rows.length),
      archivedThrough: "-1",
      asOf: new Date(start).toISOString(),
    };
  };
}

const keyOf = templateKeys({ onlyA: [], onlyB: [], both: [] });
const messages = (texts: string[]) => texts.map((text, seq) => entry(seq, text));

/** `count` steps of a run; every step says three things. */
const steps = (count: number, seed: number) =>
  Array.from({ length: count }, (_, step) => [
    `Step ${step} started on node gpu-${(step * seed) % 64}`,
    `read ${step * seed} rows of part ${step}`,
    `Step ${step} finished`,
  ]).flat();

async function readAll(read: ReadRows, at: { a: number; b: number }): Promise<PairedLine[]> {
  const first = await readAligned(read, keyOf, at, "forward");
  let lines = first.lines;
  for (let page: AlignedPage = first; page.after; ) {
    page = await readAligned(read, keyOf, page.after, "forward");
    lines = [...lines, ...page.lines];
  }
  for (let before: AlignedPage["before"] = { a: at.a - 1, b: at.b - 1 }; before; ) {
    const page: AlignedPage = await readAligned(read, keyOf, before, "backward");
    lines = [...page.lines, ...lines];
    before = page.before;
  }
  return lines;
}

const numbers = (lines: PairedLine[], side: "a" | "b") =>
  lines.flatMap((line) => (line[side]?.kind === "entry" ? [Number(line[side].seq)] : []));

describe("two streams read side by side", () => {
  const longer = steps(700, 11);
  longer.splice(900, 0, ...Array.from({ length: 40 }, (_, index) => `CUDA out of memory, attempt ${index}`));
  const streams = { a: messages(steps(700, 3)), b: messages(longer) };

  test.each([
    [0, 0],
    [900, 900],
    [1500, 1540],
    [2100, 2140],
  ])("from rows %i and %i on, in both directions, have every row once, in order", async (a, b) => {
    const lines = await readAll(reader(streams), { a, b });
    expect(numbers(lines, "a")).toEqual(streams.a.map((_, seq) => seq));
    expect(numbers(lines, "b")).toEqual(streams.b.map((_, seq) => seq));
  });

  test("meet again behind what only one of them says", async () => {
    const lines = await readAll(reader(streams), { a: 0, b: 0 });
    const alone = lines.filter(differs);
    expect(alone).toHaveLength(40);
    expect(alone.every(({ a, b }) => a === null && b?.kind === "entry" && b.message.startsWith("CUDA"))).toBe(
      true,
    );
    const next = lines[lines.findLastIndex(differs) + 1];
    expect([next?.a, next?.b].map((row) => row?.kind === "entry" && row.seq)).toEqual(["900", "940"]);
  });

  test("of which one has ended go on with holes", async () => {
    const lines = await readAll(reader({ a: messages(steps(10, 3)), b: messages(steps(900, 5)) }), {
      a: 0,
      b: 0,
    });
    expect(numbers(lines, "b")).toHaveLength(2700);
    expect(lines.filter(differs)).toHaveLength(2670);
  });

  test("set a gap beside nothing, and go on behind it", async () => {
    const gap: LogRow = {
      kind: "gap",
      from: "2",
      to: "4",
      reason: "damaged",
      chunkNumber: 0,
      detail: "checksum",
    };
    const rows = messages(["one", "two", "x", "x", "x", "three"]);
    const a = [...rows.slice(0, 2), gap, ...rows.slice(5)];
    const read: ReadRows = async (side, from, direction, limit) =>
      side === "a"
        ? { ...(await reader({ a: [], b: [] })("a", 0, direction, limit)), rows: a }
        : reader({ a: [], b: messages(["one", "two", "three"]) })("b", from, direction, limit);
    const page = await readAligned(read, keyOf, { a: 0, b: 0 }, "forward");
    expect(page.lines.map((line) => [line.a?.kind ?? null, line.b?.kind ?? null])).toEqual([
      ["entry", "entry"],
      ["entry", "entry"],
      ["gap", null],
      ["entry", "entry"],
    ]);
  });
});

describe("among the lines", () => {
  const both: PairedLine = { a: entry(0, "x"), b: entry(0, "x") };
  const onlyA = (seq: number): PairedLine => ({ a: entry(seq, "y"), b: null });
  const lines = [both, onlyA(1), onlyA(2), { a: entry(3, "z"), b: entry(1, "z") }, onlyA(4)];

  test("a walk stops at the first line of each difference", () => {
    expect(nextDifference(lines, 0, "next")).toBe(1);
    expect(nextDifference(lines, 1, "next")).toBe(4);
    expect(nextDifference(lines, 4, "next")).toBeNull();
    expect(nextDifference(lines, 4, "previous")).toBe(1);
  });

  test("a place is the line of its row, or of what follows it", () => {
    expect(lineAt(lines, { a: 2, b: 1 })).toBe(2);
    expect(lineAt(lines, { a: 9, b: 1 })).toBe(3);
    expect(lineAt(lines, { a: 99, b: 99 })).toBe(4);
  });
});
