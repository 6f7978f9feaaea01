import { expect, test } from "vitest";
import { type AskedIn, placeAsked, zoneOffsetMinutes } from "./place-asked";

const utc: AskedIn = {
  total: 12_000_000,
  firstAt: "2026-11-20T05:48:00.000Z",
  lastAt: "2026-11-21T14:02:00.000Z",
  offsetMinutes: () => 0,
};
const kolkata = { ...utc, offsetMinutes: (at: number) => zoneOffsetMinutes("Asia/Kolkata", at) };
const time = (text: string, asked = utc) => {
  const place = placeAsked(text, asked);
  return place?.kind === "time" ? place.at : place;
};

test("a number is a row, with or without its commas", () => {
  expect(placeAsked("8,412,077", utc)).toEqual({ kind: "row", seq: 8_412_077 });
  expect(placeAsked("#0", utc)).toEqual({ kind: "row", seq: 0 });
  expect(placeAsked("12000000", utc)).toBeNull();
});

test("a time of day is on the last day that has it", () => {
  expect(time("14:02")).toBe("2026-11-21T14:02:00.000Z");
  expect(time("9:05:11.48")).toBe("2026-11-21T09:05:11.480Z");
  expect(time("18:30")).toBe("2026-11-20T18:30:00.000Z");
});

test("a time is read in the clock of the screen", () => {
  expect(time("14:02", kolkata)).toBe("2026-11-21T08:32:00.000Z");
  expect(time("2026-11-20 14:02", kolkata)).toBe("2026-11-20T08:32:00.000Z");
  expect(time("2026-11-20 14:02 UTC", kolkata)).toBe("2026-11-20T14:02:00.000Z");
  expect(time("2026-11-20T14:02:00+02:00", kolkata)).toBe("2026-11-20T12:02:00.000Z");
});

test("a day alone is its beginning", () => {
  expect(time("2026-11-20")).toBe("2026-11-20T00:00:00.000Z");
});

test("minus counts back from the last row, plus on from the first", () => {
  expect(time("-5m")).toBe("2026-11-21T13:57:00.000Z");
  expect(time("+90s")).toBe("2026-11-20T05:49:30.000Z");
});

test("anything else is no place", () => {
  for (const text of ["", "noon", "25:00", "14:61", "2026-13-40", "-5", "--5m", "1e3"]) {
    expect(placeAsked(text, utc), text).toBeNull();
  }
});
