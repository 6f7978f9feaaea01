import { expect, test } from "vitest";
import { safeReturnPath, signInPath } from "./return-path";

test.each([
  ["/w/demo/runs", "/w/demo/runs"],
  ["/w/demo/logs?episode=a%20b&row=12#r", "/w/demo/logs?episode=a%20b&row=12#r"],
  ["/", "/"],
])("a path of this site is kept: %s", (asked, kept) => {
  expect(safeReturnPath(asked)).toBe(kept);
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "/\n//evil.example",
  "\\\\evil.example",
  "/./\\evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  " /w/demo",
  "",
  `/${"a".repeat(2001)}`,
])("what a browser could read as another site leads to the start page: %j", (asked) => {
  expect(safeReturnPath(asked)).toBe("/");
});

test("neither the sign-in page nor a route of programs is a place to go on to", () => {
  expect(safeReturnPath("/sign-in?callbackUrl=/sign-in")).toBe("/");
  expect(safeReturnPath("/api/auth/signout")).toBe("/");
});

test("the way to sign-in carries the page asked for and that a session was lost", () => {
  expect(signInPath("/", false)).toBe("/sign-in");
  expect(signInPath("/w/demo?a=b", true)).toBe("/sign-in?callbackUrl=%2Fw%2Fdemo%3Fa%3Db&reason=ended");
});
