import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, timeCursor, toPage } from "./page";

const at = new Date("2026-11-20T19:45:00.123Z");

test("a cursor comes back as it was, to the millisecond", () => {
  expect(decodeCursor(encodeCursor([at, "run-1"]), timeCursor)).toEqual([at, "run-1"]);
});

test.each([
  undefined,
  null,
  "",
  "not base64 at all!",
  encodeCursor([at]),
  encodeCursor(["yesterday", "run-1"]),
  encodeCursor([at, ""]),
  Buffer.from('{"$gt":""}').toString("base64url"),
  encodeCursor([at, "run-1"]).slice(0, -4),
  encodeCursor([at, "x".repeat(600)]),
])("a malformed cursor means the first page: %s", (text) => {
  expect(decodeCursor(text, timeCursor)).toBeNull();
});

test("the row one too many says that there is a next page, and is not shown", () => {
  expect(toPage([3, 2, 1], 2, String)).toEqual({ rows: [3, 2], next: "2" });
  expect(toPage([3, 2], 2, String)).toEqual({ rows: [3, 2], next: null });
  expect(toPage([], 2, String)).toEqual({ rows: [], next: null });
});
