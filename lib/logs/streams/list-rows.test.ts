import { expect, test } from "vitest";
import { compareRows, listRows, withTail } from "./list-rows";
import type { MergedPage, MergedRow } from "./schema";

const entry = (stream: string, seq: number, stands: number): MergedRow => ({
  kind: "entry",
  seq: String(seq),
  at: new Date(stands).toISOString(),
  level: "info",
  message: `${stream} ${seq}`,
  cut: false,
  source: null,
  tier: "hot",
  stream,
  place: `${stands}~${stream}~${seq}`,
  stands,
});

const gap = (stream: string, from: number, to: number, stands: number): MergedRow => ({
  kind: "gap",
  from: String(from),
  to: String(to),
  reason: "damaged",
  chunkNumber: 0,
  detail: "fails its checksum",
  stream,
  place: `${stands}~${stream}~${from}`,
  stands,
});

const page = (rows: MergedRow[], values: Partial<MergedPage> = {}): MergedPage => ({
  rows,
  names: [],
  older: "",
  newer: "",
  reachesStart: false,
  reachesEnd: true,
  lookedTo: null,
  streamsRead: 1,
  rowsRead: 0,
  bytesRead: 0,
  asOf: "2026-11-20T08:00:00.000Z",
  ...values,
});

const end = { newer: "new end", reachesEnd: true, asOf: "2026-11-20T08:00:03.000Z", names: [] };
const textsOf = (pages: MergedPage[]) =>
  listRows(pages).map((row) => (row.kind === "entry" ? row.message : "gap"));

test("a gap that goes on over blocks and pages is one line, unless rows of others stand between", () => {
  const together = listRows([
    page([gap("a", 0, 199, 1)]),
    page([gap("a", 200, 399, 2), entry("b", 0, 3), gap("a", 400, 599, 4)]),
  ]);
  expect(together.map((row) => (row.kind === "gap" ? `${row.from}-${row.to}` : row.message))).toEqual([
    "0-399",
    "b 0",
    "400-599",
  ]);
});

test("rows of different causes or streams stay apart", () => {
  const other = { ...gap("a", 200, 399, 1), reason: "missing" } as const;
  expect(listRows([page([gap("a", 0, 199, 1), other, gap("b", 400, 599, 1)])])).toHaveLength(3);
});

test("what is new is put where it belongs, and what is shown stays as it is", () => {
  const pages = [page([entry("a", 0, 10), entry("a", 1, 20)]), page([entry("a", 2, 30), entry("a", 3, 40)])];
  const tail = [
    entry("b", 0, 15),
    entry("a", 2, 30),
    entry("b", 1, 35),
    entry("a", 3, 40),
    entry("a", 4, 50),
  ];
  const joined = withTail(pages, tail, end);
  expect(textsOf(joined)).toEqual(["a 0", "b 0", "a 1", "a 2", "b 1", "a 3", "a 4"]);
  expect(joined.at(-1)).toMatchObject({ newer: "new end", asOf: end.asOf });
  expect(textsOf(withTail(joined, tail, end))).toEqual(textsOf(joined));
});

test("a row from before the first page is left for the page before it", () => {
  const shown = [entry("a", 1, 20)];
  expect(textsOf(withTail([page(shown)], [entry("b", 0, 5)], end))).toEqual(["a 1"]);
  expect(textsOf(withTail([page(shown, { reachesStart: true })], [entry("b", 0, 5)], end))).toEqual([
    "b 0",
    "a 1",
  ]);
});

test("rows of one moment stand by stream, then by number", () => {
  const rows = [entry("b", 0, 1), entry("a", 10, 1), entry("a", 9, 1), entry("c", 0, 0)];
  expect(
    rows.toSorted(compareRows).map((row) => `${row.stream} ${row.kind === "entry" ? row.seq : ""}`),
  ).toEqual(["c 0", "a 9", "a 10", "b 0"]);
});
