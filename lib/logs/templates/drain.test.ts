import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/seeded-random";
import { Drain, templateIdOf } from "./drain";
import { maskMessage } from "./mask";
import { matchesTemplate } from "./match";
import { mergeTemplates } from "./merge";

describe("masking", () => {
  test.each([
    ["Receiving block blk_-1608999687919862906 src: /10.250.19.102:54106", "Receiving block <*> src: <*>"],
    ["took 12.5ms, size=91178 (95%)", "took <*>, size=<*> (<*>%)"],
    ["id 550e8400-e29b-41d4-a716-446655440000.", "id <*>."],
    ["open C:\\Windows\\System32\\cmd.exe and /usr/lib", "open C:<*> and <*>"],
    ["at 0xDEADBEEF from fe80::1 status:200", "at <*> from <*> status:<*>"],
    ["  a\tb \r\n c  ", "a b c"],
    ["either/or application/json - / .", "either/or application/json - / ."],
    ["Größe 5 überschritten", "Größe <*> überschritten"],
    ["half \ud800 pair", "half \ufffd pair"],
    ["", ""],
  ])("of %j gives %j", (message, masked) => {
    expect(maskMessage(message)).toBe(masked);
  });

  test("looks at the first words only and says that there is more", () => {
    const masked = maskMessage("word ".repeat(100_000));
    expect(masked).toBe(`${"word ".repeat(64)}<*>`);
    expect(maskMessage("x".repeat(1_000_000))).toBe(`${"x".repeat(1000)} <*>`);
  });
});

function drained(messages: string[]): Drain {
  const drain = new Drain();
  messages.forEach((message, sequence) => {
    drain.add(message, BigInt(sequence));
  });
  return drain;
}

describe("templates", () => {
  const messages = Array.from({ length: 300 }, (_, n) =>
    n % 3 === 0 ? `user anna logged in from 10.0.0.${n}` : `job ${n} done in ${n * 2} ms`,
  );

  test("group messages that differ in values, most frequent first, with their first row", () => {
    const templates = drained(["left the room: anna", "left the room: boris", ...messages]).templates();
    expect(templates.map(({ template, count, firstSequence }) => [template, count, firstSequence])).toEqual([
      ["job <*> done in <*> ms", 200, 3n],
      ["user anna logged in from <*>", 100, 2n],
      ["left the room: <*>", 2, 0n],
    ]);
  });

  test("are the same for the same rows, and their ids the same in every chunk", () => {
    expect(drained(messages).templates()).toEqual(drained(messages).templates());
    const [first] = drained(messages.slice(100)).templates();
    expect(first?.id).toBe(templateIdOf("job <*> done in <*> ms"));
    const drain = new Drain();
    expect(drain.add("job 1 done in 2 ms")).toBe(first?.id);
  });

  test("match every message that was counted for them", () => {
    const templates = drained(messages).templates();
    for (const message of messages) {
      expect(templates.some(({ template }) => matchesTemplate(template, message))).toBe(true);
    }
    expect(matchesTemplate("job <*> done in <*> ms", "job 7 done in 9 ms twice")).toBe(false);
    expect(matchesTemplate("job <*> done in <*> ms", "job 7 lost in 9 ms")).toBe(false);
  });

  test("stay few and count every row, however different the messages are", () => {
    const random = seededRandom("templates");
    const letters = [..."abcdefghijklmnop"];
    const word = () => Array.from({ length: 8 }, () => letters[random.whole(0, 15)]).join("");
    const drain = new Drain();
    const rows = 20_000;
    for (let n = 0; n < rows; n++) {
      drain.add(
        n % 4 === 0 ? `steady line ${n}` : Array.from({ length: 1 + (n % 9) }, word).join(" "),
        BigInt(n),
      );
    }
    const templates = drain.templates();
    expect(templates.length).toBeLessThanOrEqual(1000);
    expect(templates[0]).toMatchObject({ template: "steady line <*>", count: rows / 4, firstSequence: 0n });
    expect(templates.reduce((sum, { count }) => sum + count, drain.other)).toBe(rows);
  });
});

describe("merging", () => {
  const found = (template: string, count: number, firstSequence: bigint) => {
    return { id: templateIdOf(template), template, count, firstSequence };
  };

  test("counts a template where a more general one covers it, and loses no row", () => {
    const merged = mergeTemplates([
      [found("user anna left", 5, 10n), found("disk full", 1, 3n)],
      [found("user <*> left", 7, 40n), found("disk full", 2, 50n)],
    ]);
    expect(merged).toEqual([found("user <*> left", 12, 10n), found("disk full", 3, 3n)]);
  });

  test("leaves what it is given as it is", () => {
    const lists = [[found("a <*>", 1, 0n)], [found("a <*>", 1, 1n)]];
    const before = structuredClone(lists);
    mergeTemplates(lists);
    expect(lists).toEqual(before);
  });
});
