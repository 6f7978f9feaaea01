import { expect, test } from "vitest";
import { fullTime, rowTime, type TimeFrame } from "./row-time";

const at = "2026-11-20T22:51:09.481Z";
const frame = (clock: TimeFrame["clock"]): TimeFrame => ({
  clock,
  zone: "Asia/Kolkata",
  firstAt: "2026-11-20T17:48:07.364Z",
});
const shown = (clock: TimeFrame["clock"], previousAt: string | null = null) => {
  const { text, fraction } = rowTime(at, frame(clock), previousAt);
  return text + fraction;
};

test("a time is written in UTC, in the reader's zone, and since the first row, always to the millisecond", () => {
  expect(shown("utc")).toBe("22:51:09.481");
  expect(shown("local")).toBe("04:21:09.481");
  expect(shown("start")).toBe("+5:03:02.117");
});

test("a row that is older than the first one says so", () => {
  expect(rowTime("2026-11-20T17:48:07.000Z", frame("start"), null)).toEqual({
    text: "−0:00:00",
    fraction: ".364",
  });
});

test("the time since the row above is a length, and none where nothing is above", () => {
  expect(shown("delta", "2026-11-20T22:50:57.081Z")).toBe("+12 s");
  expect(shown("delta", "2026-11-20T22:51:09.469Z")).toBe("+12 ms");
  expect(shown("delta", "2026-11-20T22:51:10.481Z")).toBe("−1 s");
  expect(shown("delta")).toBe("—");
});

test("what leaves the screen says its day and its offset", () => {
  expect(fullTime(at, frame("utc"), null)).toBe(at);
  expect(fullTime(at, frame("local"), null)).toBe("2026-11-21T04:21:09.481+05:30");
});
