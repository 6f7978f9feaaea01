import { expect, test } from "vitest";
import type { RunChanges } from "./events";
import { paceAfter } from "./pace";
import { positionFrom, positionText } from "./position";
import { RecentChanges } from "./recent-changes";

const change = (seq: string): RunChanges => ({
  runId: "r",
  seq,
  asOf: "2026-01-01T00:00:00.000Z",
  tasks: [],
});
const seqs = (changes: RunChanges[] | null) => changes?.map(({ seq }) => seq);

test("a reader gets all from its place on, in order, and nothing twice", () => {
  const recent = new RecentChanges();
  recent.add(change("1.0"));
  const place = recent.end;
  recent.add(change("2.0"));
  recent.add(change("3.0"));
  expect(seqs(recent.since(place))).toEqual(["2.0", "3.0"]);
  expect(recent.since(recent.end)).toEqual([]);
});

test("who is further behind than what is kept is told so instead of being given a part", () => {
  const recent = new RecentChanges({ events: 2, tasks: 100 });
  const place = recent.end;
  for (const seq of ["1.0", "2.0", "3.0"]) recent.add(change(seq));
  expect(recent.since(place)).toBeNull();
  expect(seqs(recent.since(place + 1))).toEqual(["2.0", "3.0"]);
});

test("after a skip everybody who was there reads anew, and goes on behind it", () => {
  const recent = new RecentChanges();
  recent.add(change("1.0"));
  const place = recent.end;
  recent.skip();
  expect(recent.since(place)).toBeNull();
  const behind = recent.end;
  recent.add(change("3.0"));
  expect(seqs(recent.since(behind))).toEqual(["3.0"]);
});

test("a position comes back from its text; anything else is none", () => {
  const position = { changedAtMs: 1_795_000_000_123, aggSeq: 42 };
  expect(positionFrom(positionText(position))).toEqual(position);
  for (const text of [null, "", "7", "1.2.3", "-1.0", "x.y", "99999999999999999.1"])
    expect(positionFrom(text), String(text)).toBeNull();
});

test("a run in which things happen is looked at several times a second, one that stands still every other second", () => {
  expect(paceAfter(0)).toBeLessThanOrEqual(300);
  expect(paceAfter(10_000)).toBeLessThanOrEqual(300);
  expect(paceAfter(3_600_000)).toBe(2_000);
});
