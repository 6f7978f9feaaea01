import { expect, test } from "vitest";
import { rangeText, screenTime } from "./screen-time";

const utc = screenTime("UTC");
const kolkata = screenTime("Asia/Kolkata");
const at = "2026-11-20T20:02:11.481Z";

test("the same instant is written in the zone of the page, which is named", () => {
  expect([utc.clockMs(at), utc.instant(at)]).toEqual(["20:02:11.481", "20 Nov 2026, 20:02:11 UTC"]);
  expect([kolkata.clockMs(at), kolkata.instant(at)]).toEqual([
    "01:32:11.481",
    "21 Nov 2026, 01:32:11 GMT+5:30",
  ]);
});

test("midnight is the hour 00", () => {
  expect(utc.clock("2026-11-20T00:00:00.000Z")).toBe("00:00:00");
});

test("a day that both ends share is said once, a year only when they differ", () => {
  expect(rangeText("2026-11-20T05:48:00Z", "2026-11-20T14:02:11Z", utc)).toBe("20 Nov 05:48 to 14:02");
  // Two days for a reader in India.
  expect(rangeText("2026-11-20T05:48:00Z", "2026-11-20T20:02:11Z", kolkata)).toBe(
    "20 Nov 11:18 to 21 Nov 01:32",
  );
  expect(rangeText("2025-12-31T23:59:00Z", "2026-01-01T00:01:00Z", utc)).toBe(
    "31 Dec 2025 23:59 to 1 Jan 2026 00:01",
  );
});

test("milliseconds are kept when one of the ends has them", () => {
  expect(rangeText("2026-11-20T05:48:00Z", "2026-11-20T05:48:01.250Z", utc, true)).toBe(
    "20 Nov 05:48:00.000 to 05:48:01.250",
  );
});
