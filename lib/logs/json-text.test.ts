import { describe, expect, test } from "vitest";
import { JsonTextError, scanObject } from "./json-text";
import { compactJson, toJsonText } from "./json-write";

const exactOf = (text: string) => scanObject(text)[0]?.exact;

describe("scanObject", () => {
  test("agrees with JSON.parse on ordinary objects", () => {
    const text =
      ' { "a" : [1, 2.5, {"b": null}], "c": "x\\ny\\u00e9", "d": true, "e": -12 , "f": {} , "g": [] } ';
    expect(Object.fromEntries(scanObject(text).map(({ key, value }) => [key, value]))).toEqual(
      JSON.parse(text),
    );
  });

  test("gives the place of each value in the text", () => {
    const text = '{"a": [1, 2], "b":"x"}';
    expect(scanObject(text).map(({ start, end }) => text.slice(start, end))).toEqual(["[1, 2]", '"x"']);
  });

  test.each([
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["9007199254740991", 9007199254740991],
    ["0.1", 0.1],
  ])("keeps %s exactly", (token, value) => {
    expect(scanObject(`{"n":${token}}`)[0]).toMatchObject({ value, exact: true });
  });

  test.each([
    ["beyond int64", '{"n":9223372036854775808}'],
    ["digits beyond a double", '{"n":0.12345678901234567890}'],
    ["minus zero", '{"n":-0}'],
    ["a fraction of zero", '{"n":1.0}'],
    ["an exponent", '{"n":1e3}'],
    ["too large for a double", '{"n":1e999}'],
    ["a repeated key within", '{"o":{"a":1,"a":2}}'],
    ["an empty key", '{"":1}'],
    ["a key with a dollar", '{"o":{"$gt":1}}'],
    ["a key that sorts as a number", '{"o":{"b":1,"2":1}}'],
    ["a key with NUL", '{"a\\u0000b":1}'],
    ["__proto__", '{"o":{"__proto__":{"x":1}}}'],
    ["toString, whose list the driver would give back as bytes", '{"o":{"toString":[{}]}}'],
    ["_bsontype, which the driver would act on", '{"o":{"_bsontype":"ObjectId"}}'],
    ["half a surrogate pair", '{"s":"\\ud83d"}'],
    ["half a surrogate pair in a key", '{"o":{"\\ud83d":1}}'],
    ["deeper than a document", `{"a":${"[".repeat(90)}${"]".repeat(90)}}`],
  ])("marks what a document cannot give back: %s", (_name, text) => {
    expect(exactOf(text)).toBe(false);
  });

  test("one field that cannot be held does not taint its neighbours", () => {
    expect(scanObject('{"a":1,"b":-0,"c":{"$x":1},"d":"ok"}').map(({ exact }) => exact)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test("marks both of two equal keys", () => {
    expect(scanObject('{"a":1,"a":1,"b":1}').map(({ repeated }) => repeated)).toEqual([true, true, false]);
  });

  test.each([
    ["", "Not a JSON object"],
    ['{"a":1', "Expected , or }"],
    ['{"a":}', "Expected a value"],
    ['{"a":01}', "Expected , or }"],
    ['{"a":1}x', "Something follows"],
    ['{"a":1,}', "Expected a key"],
    ["{'a':1}", "Expected a key"],
    ['{"a":"x\ty"}', "control character"],
    ['{"a":"\\x"}', "escape"],
    ['{"a":"x', "does not end"],
    ['{"a":nul}', "Expected a value"],
    [`{"a":${"[".repeat(600)}`, "too deeply"],
  ])("refuses %j and says why", (text, reason) => {
    expect(() => scanObject(text)).toThrow(JsonTextError);
    expect(() => scanObject(text)).toThrow(reason);
    expect(() => JSON.parse(text)).toThrow();
  });
});

test.each(["[1]", "12", '"text"', "null"])("refuses %s, which is JSON but no object", (text) => {
  expect(() => scanObject(text)).toThrow("Not a JSON object");
});

describe("text of values", () => {
  test("compactJson drops space and keeps numbers, keys and their order", () => {
    expect(compactJson('{ "b" : 1.0, "a":[ -0 , 1e3 ], "b": "x \\u0026 \\"y\\"" }')).toBe(
      '{"b":1.0,"a":[-0,1e3],"b":"x & \\"y\\""}',
    );
  });

  test("compactJson takes a string of four megabytes", () => {
    const long = JSON.stringify({ text: 'a"b\\c '.repeat(700_000) });
    expect(compactJson(long) === long).toBe(true);
  });

  test("a value read exactly is written as the same text", () => {
    const text = '{"a":[1,2.5,{"b":null}],"c":"x\\ny","n":-9223372036854775808,"t":true,"u":"\\u0000"}';
    const fields = scanObject(text);
    expect(fields.every(({ exact }) => exact)).toBe(true);
    expect(toJsonText(Object.fromEntries(fields.map(({ key, value }) => [key, value])))).toBe(text);
  });
});
