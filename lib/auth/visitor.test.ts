import { expect, test } from "vitest";
import { visitorFrom } from "./visitor";

test("the address is the one the nearest proxy wrote, not one the client claims", () => {
  expect(visitorFrom("6.6.6.6, 10.0.0.1, 203.0.113.9", "x").address).toBe("203.0.113.9");
  expect(visitorFrom("::1", "x").address).toBe("::1");
});

test("without a header there is no address, and long headers are cut to what the columns hold", () => {
  expect(visitorFrom(null, undefined)).toEqual({ address: null, userAgent: null });
  const long = visitorFrom("a".repeat(999), "b".repeat(999));
  expect(long.address).toHaveLength(64);
  expect(long.userAgent).toHaveLength(400);
});
