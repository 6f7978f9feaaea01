import { expect, test } from "vitest";
import { markPattern } from "./search-marks";

const marked = (message: string, ...wanted: Parameters<typeof markPattern>) => {
  const pattern = markPattern(...wanted);
  return pattern === "" ? [] : [...message.matchAll(pattern)].map(([found]) => found);
};

test("a text is marked wherever it stands, a word only on its own", () => {
  const message = "Timeout: timeouts after timeout (a.b)";
  expect(marked(message, { text: "timeout", mode: "text" })).toEqual(["Timeout", "timeout", "timeout"]);
  expect(marked(message, { text: "timeout", mode: "word" })).toEqual(["Timeout", "timeout"]);
  expect(marked(message, { text: "(a.b)", mode: "text" })).toEqual(["(a.b)"]);
});

test("filter and find are marked in one go", () => {
  const wanted = [
    { text: "part-\\d+", mode: "regex" },
    { text: "reset", mode: "text" },
  ] as const;
  expect(marked("connection reset on part-113", ...wanted)).toEqual(["reset", "part-113"]);
});

test("a pattern that is wrong, or may take for ever in a browser, marks nothing", () => {
  for (const text of ["(", "(a+)+b", "(.*)*x"]) expect(markPattern({ text, mode: "regex" })).toBe("");
  expect(markPattern({ text: "", mode: "text" })).toBe("");
});
