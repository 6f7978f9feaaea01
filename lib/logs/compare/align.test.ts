import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { type AlignedLine, align, settle } from "./align";

/** "a=a" for an equal line, "x-" for one of A alone, "-y" for one of B alone. */
const drawn = (a: string, b: string, lines: AlignedLine[]) =>
  lines.map((line) => `${line.a === null ? "-" : a[line.a]}${line.b === null ? "-" : b[line.b]}`).join(" ");

describe("two streams side by side", () => {
  test.each([
    ["abc", "abc", "aa bb cc"],
    ["abcd", "abxcd", "aa bb -x cc dd"],
    ["abxcd", "abcd", "aa bb x- cc dd"],
    ["abxyd", "abuvd", "aa bb x- y- -u -v dd"],
    ["", "ab", "-a -b"],
    ["abc", "", "a- b- c-"],
    ["abc", "xyz", "a- b- c- -x -y -z"],
    ["", "", ""],
  ])("of %j and %j are %j", (a, b, wanted) => {
    expect(drawn(a, b, align([...a], [...b]))).toBe(wanted);
  });

  test("of repeating rows are set beside each other at once behind what only one says", () => {
    const period = Array.from({ length: 100 }, (_, index) => "xyz"[index % 3] ?? "x");
    const lines = align(period, ["new", "new", ...period]);
    expect(lines.slice(0, 4)).toEqual([
      { a: null, b: 0 },
      { a: null, b: 1 },
      { a: 0, b: 2 },
      { a: 1, b: 3 },
    ]);
  });

  test("hold every row of both exactly once and in its order, and set only equal ones beside each other", () => {
    const random = seededRandom("align");
    const text = () => Array.from({ length: random.whole(0, 60) }, () => "abcde"[random.whole(0, 4)] ?? "a");
    for (let round = 0; round < 200; round++) {
      const [a, b] = [text(), text()];
      const lines = align(a, b);
      expect(lines.flatMap((line) => line.a ?? [])).toEqual([...a.keys()]);
      expect(lines.flatMap((line) => line.b ?? [])).toEqual([...b.keys()]);
      for (const line of lines) if (line.a !== null && line.b !== null) expect(a[line.a]).toBe(b[line.b]);
    }
  });
});

describe("a window", () => {
  test("ends with its last equal rows, because what follows may still meet its like", () => {
    const lines = align([..."abx"], [..."aby"]);
    expect(settle(lines, false)).toMatchObject({ usedA: 2, usedB: 2 });
    expect(settle(lines, true)).toMatchObject({ usedA: 3, usedB: 3 });
  });

  test("without an equal row is settled whole, so that reading goes on", () => {
    expect(settle(align([..."ab"], [..."xyz"]), false)).toMatchObject({ usedA: 2, usedB: 3 });
  });
});
