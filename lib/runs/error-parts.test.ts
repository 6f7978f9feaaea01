import { describe, expect, test } from "vitest";
import { errorParts } from "./error-parts";

const framesOf = (text: string) =>
  errorParts(text)
    .rest.filter(({ frame }) => frame)
    .map(({ line }) => line.trim());

describe("an error message", () => {
  test("is known by its first line that says something", () => {
    expect(errorParts("\n\n  out of memory  \n\nneed 41 GB\n")).toEqual({
      head: "out of memory",
      rest: [{ key: "0", line: "need 41 GB", frame: false }],
    });
    expect(errorParts("exit 137")).toEqual({ head: "exit 137", rest: [] });
  });

  test.each([
    ["Error: x\n    at load (/app/a.js:3:7)\ncaused by: y", ["at load (/app/a.js:3:7)"]],
    [
      'Traceback (most recent call last):\n  File "a.py", line 3, in load\n    raise ValueError\nValueError',
      ['File "a.py", line 3, in load'],
    ],
    ["panic: x\ngoroutine 1 [running]:\nmain.main()", ["goroutine 1 [running]:"]],
    ["x\n#0 0x00007f in main\nat the end of the file", ["#0 0x00007f in main"]],
  ])("has the frames of a stack apart from what says something", (text, frames) => {
    expect(framesOf(text)).toEqual(frames);
  });

  test("of a million lines does not become a million elements", () => {
    expect(errorParts("line\n".repeat(10_000)).rest).toHaveLength(400);
  });
});
