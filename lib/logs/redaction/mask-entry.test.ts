import { expect, test } from "vitest";
import { parsedLines } from "@/lib/testing/logs";
import { maskEntry } from "./mask-entry";
import { type RedactionRule, ruleSet } from "./rule";

const secret = {
  name: "secret",
  pattern: "s3cr3t|4111\\d{12}",
  mask: "[hidden]",
  appliesTo: "both",
} as const;

function masked(line: string, ...rules: RedactionRule[]) {
  const [entry] = parsedLines([line]);
  if (!entry) throw new Error("no entry");
  const { line: _, ...stored } = maskEntry(entry, ruleSet(rules.length > 0 ? rules : [secret]));
  return stored;
}

test("text, nested text, numbers and keys are masked, and everything else stays as it is", () => {
  expect(
    masked(
      '{"message":"login s3cr3t","level":"info","user":{"mail":"x s3cr3t y","list":["s3cr3t",1,true,null]},"card":4111111111111111,"s3cr3t":2,"kept":"4111"}',
    ),
  ).toMatchObject({
    message: "login [hidden]",
    metadata: {
      user: { mail: "x [hidden] y", list: ["[hidden]", 1, true, null] },
      card: "[hidden]",
      "[hidden]": 2,
      kept: "4111",
    },
    flags: ["timestamp_missing", "redacted"],
  });
});

test.each([
  ["behind an escape", '{"message":"\\u0073\\u0033cr3t","level":"info","a":"\\u0073\\u0033cr3t"}'],
  ["beside a number that only the exact text can hold", '{"message":"s3cr3t","big":1.0,"a":"s3cr3t"}'],
  ["beside half a surrogate pair", '{"message":"s3cr3t \\ud83d","level":"info"}'],
  ["under a key that comes twice", '{"message":"m","a":"s3cr3t","a":"s3cr3t again"}'],
  ["in a line without a message, which becomes the message", '{"level":"info","a":"s3cr3t"}'],
  ["in a message that is no text", '{"message":{"a":"s3cr3t"},"level":"info"}'],
  ["behind an escape in a message that is JSON itself", '{"message":"{\\"a\\":\\"s3cr\\\\u0033t\\"}"}'],
  ["in very deep metadata", `{"message":"m","a":${"[".repeat(90)}"s3cr3t"${"]".repeat(90)}}`],
  ["in keys that become one", '{"message":"m","a s3cr3t":1,"a 4111111111111111":2}'],
])("nothing of a secret is left %s", (_where, line) => {
  const stored = masked(line);
  expect(JSON.stringify(stored)).not.toMatch(/s3cr3t|4111111111111111/);
  expect(JSON.stringify(stored)).toContain("[hidden]");
  expect(stored.flags).toContain("redacted");
});

test("two keys that become one by masking both keep their values", () => {
  const { raw } = masked('{"message":"m","a s3cr3t":1,"a 4111111111111111":2}');
  expect(raw).toBe('{"message":"m","metadata":{"a [hidden]":1,"a [hidden]":2}}');
});

test("an entry that no rule matches is the very same", () => {
  const [entry] = parsedLines(['{"message":"plain","level":"info","a":{"b":[1,2]}}']);
  if (!entry) throw new Error("no entry");
  expect(maskEntry(entry, ruleSet([secret]))).toBe(entry);
});

test("a rule for the message leaves the metadata alone, and the other way round", () => {
  const line = '{"message":"s3cr3t","level":"info","a":"s3cr3t"}';
  const inMessage = masked(line, { ...secret, appliesTo: "message" });
  expect([inMessage.message, inMessage.metadata]).toEqual(["[hidden]", { a: "s3cr3t" }]);
  const inMetadata = masked(line, { ...secret, appliesTo: "metadata" });
  expect([inMetadata.message, inMetadata.metadata]).toEqual(["s3cr3t", { a: "[hidden]" }]);
});

test("a rule for the metadata also masks a message that was made of it, or that is JSON", () => {
  const inMetadata = { ...secret, appliesTo: "metadata" as const };
  expect(masked('{"level":"info","a":"s3cr3t"}', inMetadata).message).toBe('{"level":"info","a":"[hidden]"}');
  expect(masked('{"message":4111111111111111}', inMetadata).message).toBe('"[hidden]"');
  const [named] = parsedLines(['{"message":"say \\"s3cr3t"}']);
  if (!named) throw new Error("no entry");
  const made = { ...named, flags: ["message_missing"] };
  expect(maskEntry(made, ruleSet([inMetadata])).message).toBe('say "[hidden]');
});

test("rules see what the rules before them left, and a mask is taken letter for letter", () => {
  const rules: RedactionRule[] = [
    { name: "one", pattern: "(\\d+)", mask: "$1-$&", appliesTo: "both" },
    { name: "two", pattern: "\\$1", mask: "#", appliesTo: "both" },
  ];
  expect(masked('{"message":"id 42","level":"info"}', ...rules).message).toBe("id #-$&");
});

test("a rule that would blow a line up leaves its mask alone in the place of the text", () => {
  const stored = masked(`{"message":"${"a".repeat(200_000)}","level":"info","b":"aaa"}`, {
    name: "each letter",
    pattern: "a",
    mask: "*".repeat(100),
    appliesTo: "both",
  });
  expect(stored.message).toBe("*".repeat(100));
  expect(stored.metadata).toEqual({ b: "*".repeat(300) });
});
