import { expect, test } from "vitest";
import { withoutStrays } from "./strays";

const at = (text: string) => Date.parse(text);
const hour = Array.from({ length: 60 }, (_, minute) => at("2026-11-20T08:00:00Z") + minute * 60_000);
const range = { first: hour[0], last: hour.at(-1) };

test("times of another century do not stretch the range, on either side or on both", () => {
  const [past, future] = [at("1970-01-01T00:00:00Z"), at("2099-12-31T23:59:59.999Z")];
  for (const strays of [[past], [future], [past, future], [past, past, future]]) {
    expect(withoutStrays([...strays, ...hour])).toEqual(range);
  }
});

test("rows that come late, or long after a burst, are no strays", () => {
  const nextWeek = at("2026-11-27T08:00:00Z");
  expect(withoutStrays([...hour, nextWeek])).toEqual({ ...range, last: nextWeek });
  const quarter = Array.from({ length: 12 }, (_, week) => at("2026-09-01T00:00:00Z") + week * 7 * 86_400_000);
  const later = at("2027-06-01T00:00:00Z");
  expect(withoutStrays([...quarter, later])).toEqual({ first: quarter[0], last: later });
});

test("where it is grown far enough, what was far is near", () => {
  const days = [0, 25, 50, 75, 100].map((day) => day * 86_400_000);
  const far = 1_000 * 86_400_000;
  expect(withoutStrays([...days, far])).toEqual({ first: 0, last: far });
});

test("one moment is a range, none is not", () => {
  expect(withoutStrays([5])).toEqual({ first: 5, last: 5 });
  expect(withoutStrays([])).toBeNull();
});
