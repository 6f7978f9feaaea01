import { expect, test } from "vitest";
import { csvRows } from "./csv";

test("quoted fields keep commas, quotes and line breaks", () => {
  const text = 'id,text,more\n1,"a, ""b""\nc",x\r\n2,plain,\n';
  expect([...csvRows(text)]).toEqual([
    { id: "1", text: 'a, "b"\nc', more: "x" },
    { id: "2", text: "plain", more: "" },
  ]);
});

test("a last line without a line break is a row too", () => {
  expect([...csvRows("a,b\n1,2")]).toEqual([{ a: "1", b: "2" }]);
  expect([...csvRows("a,b\n1,")]).toEqual([{ a: "1", b: "" }]);
});

test("a quote that is never closed is refused with its place", () => {
  expect(() => [...csvRows('a\n"open')]).toThrow("The field at character 2");
});
