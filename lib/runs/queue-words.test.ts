import { expect, test } from "vitest";
import { ordinal, queueWords } from "./queue-words";

const place = {
  ahead: 2,
  more: false,
  running: 0,
  workers: 2,
  slots: 16,
  asOf: "2026-01-01T12:00:00.000Z",
};

test("a queued task says its place and whether anybody would take it", () => {
  expect(queueWords(place, "builtin")).toBe("Queued 3rd; 16 places of 2 workers serve builtin.");
  expect(queueWords({ ...place, running: 16 }, "builtin")).toBe(
    "Queued 3rd; all 16 places of 2 workers are taken.",
  );
  expect(queueWords({ ...place, ahead: 0, workers: 0, slots: 0 }, "gpu")).toBe(
    "Queued, next in line; no worker that is alive serves gpu.",
  );
  expect(queueWords({ ...place, ahead: 1000, more: true }, "builtin")).toContain("behind more than 1,000");
});

test("nothing is said of a task that is not in the queue", () => {
  expect(queueWords({ ...place, ahead: null }, "builtin")).toBeNull();
});

test.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [112, "112th"],
  [1003, "1,003rd"],
])("%i is written %s", (number, text) => {
  expect(ordinal(number)).toBe(text);
});
