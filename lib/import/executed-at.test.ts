import { expect, test } from "vitest";
import { parseExecutedAt } from "./executed-at";

test.each([
  ["05-10-23T16:23:32Z", "2023-05-10T16:23:32.000Z"],
  ["20200408T154143+0000", "2020-04-08T15:41:43.000Z"],
  ["2023-03-29T10:02:36-10:00", "2023-03-29T20:02:36.000Z"],
  ["2020-12-25T20:10:08+00:00", "2020-12-25T20:10:08.000Z"],
  ["2020-12-25T20:10:08.250+05:30", "2020-12-25T14:40:08.250Z"],
  ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
])("%s is %s", (text, moment) => {
  expect(parseExecutedAt(text)?.toISOString()).toBe(moment);
});

test.each([
  "",
  "yesterday",
  "2020-12-25",
  "2020-12-25T20:10:08",
  "13-45-20T10:00:00Z",
  "2023-02-29T10:00:00Z",
])("%j is refused: no date, no time zone, or a day no calendar has", (text) => {
  expect(parseExecutedAt(text)).toBeNull();
});
