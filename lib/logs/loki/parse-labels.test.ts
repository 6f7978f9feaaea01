import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { parseLabels } from "./parse-labels";

describe("parseLabels", () => {
  test.each([
    ['{app="web"}', { app: "web" }],
    [' { app = "web" , host="a" } ', { app: "web", host: "a" }],
    ['{app="web",}', { app: "web" }],
    ["{}", {}],
    ['{a=""}', { a: "" }],
    ['{a="x=\\"y\\", {b}"}', { a: 'x="y", {b}' }],
    ['{a="\\a\\b\\f\\n\\r\\t\\v\\\\"}', { a: "\u0007\b\f\n\r\t\v\\" }],
    ['{a="\\xc3\\xa9\\303\\251\\u00e9\\U0001f600é"}', { a: "ééé\u{1f600}é" }],
    ["{a=`raw \\n`}", { a: "raw \\n" }],
    ['{"with.dot"="x", __name__="y"}', { "with.dot": "x", __name__: "y" }],
  ])("reads %s", (text, labels) => {
    expect(Object.fromEntries(parseLabels(text))).toEqual(labels);
  });

  test.each([
    "",
    "app",
    '{app="web"',
    '{app="web}',
    "{app=web}",
    '{app="web" host="a"}',
    '{="x"}',
    '{a="1",a="2"}',
    '{a="\\q"}',
    '{a="\\ud800"}',
    '{a="\\U00110000"}',
    '{a="\\xff"}',
    '{a="\\777"}',
    '{a="x"}y',
    '{a="line\nbreak"}',
  ])("refuses %j", (text) => {
    expect(() => parseLabels(text)).toThrow(AppError);
  });
});
