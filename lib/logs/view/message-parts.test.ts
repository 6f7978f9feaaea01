import { describe, expect, test } from "vitest";
import { firstLine, messageParts } from "./message-parts";

const values = (message: string) =>
  messageParts(message).flatMap((p) => (p.kind === "value" ? [p.text] : []));
const hits = (message: string, find: string) =>
  messageParts(message, find).flatMap((p) => (p.kind === "hit" ? [p.text] : []));
const joined = (message: string, find?: string) =>
  messageParts(message, find)
    .map((p) => p.text)
    .join("");

describe("a message", () => {
  test("is drawn whole: its parts joined are the message", () => {
    for (const message of [
      "",
      "Killed process 21473 (STAR) total-vm:71,442,180 kB",
      "GET s3://northlight-ref/SA range bytes=7-206 in 12 ms",
      "C:\\Windows\\System32\\svchost.exe (0x7ff) İstanbul",
    ]) {
      expect(joined(message)).toBe(message);
      expect(joined(message, "i")).toBe(message);
    }
  });

  test("has its numbers, paths and addresses told apart from its words", () => {
    expect(values("Killed process 21473 (STAR) total-vm:71,442,180 kB")).toEqual(["21473", "71,442,180"]);
    expect(values("GET s3://northlight-ref/SA in 0.5 s")).toEqual(["s3://northlight-ref/SA", "0.5"]);
    expect(values("open /var/lib/app/data.db")).toEqual(["/var/lib/app/data.db"]);
    expect(values("trace 4bf92f35-77b3-4da6-a3ce-929d0e0e4736 at 0xdeadbeef")).toEqual([
      "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
      "0xdeadbeef",
    ]);
  });

  test("leaves a digit inside a word alone", () => {
    expect(values("utf8 x86_64 sha256sum")).toEqual([]);
  });

  test("marks what the filter looks for, in any case, and takes it literally", () => {
    expect(hits("Timeout after timeout", "TIMEOUT")).toEqual(["Timeout", "timeout"]);
    expect(hits("a.c abc", "a.c")).toEqual(["a.c"]);
    expect(hits("50% (half)", "% (")).toEqual(["% ("]);
  });

  test("of many lines shows the first that says something, and counts the others", () => {
    expect(firstLine("one")).toEqual({ text: "one", rest: "", more: 0 });
    expect(firstLine("one\r\n  two\n\nthree\n")).toEqual({ text: "one", rest: "two  three", more: 3 });
    expect(firstLine("\n\n  two")).toEqual({ text: "  two", rest: "", more: 2 });
    expect(firstLine("a\tb").text).toBe("a b");
    expect(firstLine("x".repeat(5_000)).text).toHaveLength(600);
  });
});
