import { expect, test } from "vitest";
import { readAnsi, withoutAnsi } from "./ansi";

const esc = "\u001b";

test("a coloured word keeps its letters and its colour", () => {
  expect(readAnsi(`a ${esc}[31;1mfailed${esc}[0m b`)).toEqual({
    text: "a failed b",
    runs: [{ start: 2, end: 8, color: "red", bold: true }],
  });
});

test("bright and indexed colours are those of the palette, mixed ones are plain text", () => {
  expect(readAnsi(`${esc}[92mok${esc}[39m`).runs).toMatchObject([{ color: "green" }]);
  expect(readAnsi(`${esc}[38;5;4mx`).runs).toMatchObject([{ color: "blue" }]);
  expect(readAnsi(`${esc}[38;2;10;20;30mx${esc}[38;5;200my`)).toEqual({ text: "xy", runs: [] });
  expect(readAnsi(`${esc}[48;5;1;33mx`).runs).toMatchObject([{ color: "yellow" }]);
});

test("whatever else a terminal obeys is taken out, also where a cut left half of it", () => {
  expect(withoutAnsi(`${esc}[2K${esc}[1Gloading${esc}[?25h`)).toBe("loading");
  expect(withoutAnsi(`${esc}]0;title\u0007text`)).toBe("text");
  expect(withoutAnsi(`text${esc}[3`)).toBe("text");
  expect(withoutAnsi(`text${esc}`)).toBe("text");
});

test("a text without escapes is itself", () => {
  expect(readAnsi("plain [31m text")).toEqual({ text: "plain [31m text", runs: [] });
});
