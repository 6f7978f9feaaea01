import { expect, test } from "vitest";
import { colorOfStream, streamColors } from "./stream-colors";

const names = Array.from({ length: 600 }, (_, n) => `run-7f3a.encode-shard-${n}`);

test("a stream has the same colour wherever it is drawn alone", () => {
  for (const name of names) expect(colorOfStream(name)).toBe(colorOfStream(name, []));
  expect(new Set(names.map((name) => colorOfStream(name))).size).toBe(streamColors.length);
});

test("names that differ in a digit spread over all colours", () => {
  for (const color of streamColors) {
    const share = names.filter((name) => colorOfStream(name) === color).length / names.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.28);
  }
});

test("of the streams that are drawn side by side no two share a colour", () => {
  for (let start = 0; start + 6 <= names.length; start += 6) {
    const drawn = names.slice(start, start + 6);
    expect(new Set(drawn.map((name) => colorOfStream(name, drawn))).size).toBe(6);
  }
});
