import { expect, test } from "vitest";
import { copyText } from "./copy-rows";
import type { TimeFrame } from "./row-time";

const utc: TimeFrame = { clock: "utc", zone: "Europe/Berlin", firstAt: "2026-11-20T10:00:00.000Z" };
const lines = [
  `{"sequenceNumber":0,"timestamp":"2026-11-20T10:00:01.000Z","level":"info","message":"\\u001b[31mred\\u001b[0m","metadata":{"source":"star","big":9007199254740993},"createdAt":"2026-11-20T10:00:01.000Z"}`,
  `{"_strata":"gap","from":"1","to":"2","reason":"never_written","chunkNumber":null,"detail":""}`,
  `{"sequenceNumber":3,"timestamp":"2026-11-20T10:00:02.500Z","level":"warn","message":"with \`ticks\` and \`\`\`three\`\`\`","createdAt":"2026-11-20T10:00:01.000Z"}`,
];

test("text has a line for each row and says what is missing between them", () => {
  expect(copyText(lines, "text", utc).split("\n")).toEqual([
    "0 2026-11-20T10:00:01.000Z info star red",
    "[rows 1 to 2: never written]",
    "3 2026-11-20T10:00:02.500Z warn with `ticks` and ```three```",
  ]);
});

test("the clock of the copy is the clock of the screen", () => {
  const first = (clock: TimeFrame["clock"]) => copyText(lines, "text", { ...utc, clock }).split("\n");
  expect(first("local")[0]).toBe("0 2026-11-20T11:00:01.000+01:00 info star red");
  expect(first("start")[2]).toContain("3 +0:00:02.500 warn");
  expect(first("delta")[2]).toContain("3 — warn");
});

test("JSON lines are the stored lines, to the last digit", () => {
  expect(copyText(lines, "jsonl", { ...utc, clock: "local" })).toBe(lines.join("\n"));
});

test("nothing in a message ends the Markdown block", () => {
  const text = copyText(lines, "markdown", utc);
  expect(text.startsWith("````log\n")).toBe(true);
  expect(text.endsWith("\n````")).toBe(true);
});
