import { expect, test } from "vitest";
import { maskedParts } from "./masked-text";

const masks = [
  { mask: "[e-mail]", rule: "E-mail addresses" },
  { mask: "***", rule: "Tokens" },
  { mask: "***", rule: "Keys" },
];

test("what a rule masked is told apart from the text, with its reason, and no letter is lost", () => {
  const text = "mail [e-mail] with *** and [e-mail]";
  const parts = maskedParts(text, masks);
  expect(parts.filter(({ kind }) => kind === "masked")).toEqual([
    { kind: "masked", at: 5, text: "[e-mail]", rule: "E-mail addresses" },
    { kind: "masked", at: 19, text: "***", rule: "Tokens or Keys" },
    { kind: "masked", at: 27, text: "[e-mail]", rule: "E-mail addresses" },
  ]);
  expect(parts.map((part) => part.text).join("")).toBe(text);
});

test("a text without masks is one part", () => {
  expect(maskedParts("plain", masks)).toEqual([{ kind: "text", at: 0, text: "plain" }]);
  expect(maskedParts("plain", [])).toEqual([{ kind: "text", at: 0, text: "plain" }]);
});
