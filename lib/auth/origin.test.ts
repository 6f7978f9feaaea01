import { expect, test } from "vitest";
import { isSameSite } from "./origin";

const site = "https://strata.example";

test("our own origin is the same site, whatever path NEXTAUTH_URL has", () => {
  expect(isSameSite("https://strata.example", "https://strata.example/console")).toBe(true);
});

test.each([
  null,
  "null",
  "",
  "http://strata.example",
  "https://strata.example:8443",
  "https://strata.example.evil.test",
  "https://a.strata.example",
])("another origin, or none, is not: %s", (origin) => {
  expect(isSameSite(origin, site)).toBe(false);
});

test("localhost and the loopback addresses are one machine, on the same port", () => {
  expect(isSameSite("http://127.0.0.1:3000", "http://localhost:3000")).toBe(true);
  expect(isSameSite("http://localhost:3000", "http://127.0.0.1:3000")).toBe(true);
  expect(isSameSite("http://localhost:3001", "http://localhost:3000")).toBe(false);
  expect(isSameSite("http://localhost:3000", "http://strata.example:3000")).toBe(false);
});
