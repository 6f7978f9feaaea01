import { eq, like, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { loginAttempts } from "@/drizzle/schema/login-attempts";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import { attemptLimits, countAttempt, forgiveAttempt, windowMinutes } from "./login-limit";

testDatabase();

let made = 0;
const newAttempt = () => ({ email: `e${++made}@example.test`, address: `10.0.0.${made}` });
const closeWindows = () =>
  database().update(loginAttempts).set({ windowEndsAt: sql`now() - interval '1 second'` });

async function countMany(attempts: Parameters<typeof countAttempt>[0][]) {
  const counted = await Promise.all(attempts.map(countAttempt));
  return counted.filter((one) => one.ok).length;
}

test("of many attempts for one email at the same instant, from many addresses, no more than the limit pass", async () => {
  const { email } = newAttempt();
  const attempts = Array.from({ length: 40 }, (_, at) => ({ email, address: `192.0.2.${at}` }));
  expect(await countMany(attempts)).toBe(attemptLimits.email);
});

test("of many attempts from one address at the same instant, for many emails, no more than the limit pass", async () => {
  const { address } = newAttempt();
  const attempts = Array.from({ length: 60 }, (_, at) => ({ email: `many${at}@example.test`, address }));
  expect(await countMany(attempts)).toBe(attemptLimits.address);
});

test("a refused address adds no row for the email it tries: it cannot fill the table", async () => {
  const { address } = newAttempt();
  await countMany(
    Array.from({ length: attemptLimits.address }, () => ({ email: "one@example.test", address })),
  );
  const rows = () => database().$count(loginAttempts, like(loginAttempts.key, "email:%"));
  const before = await rows();
  await countMany(Array.from({ length: 20 }, (_, at) => ({ email: `fresh${at}@example.test`, address })));
  expect(await rows()).toBe(before);
});

test("who is refused is told when to come back, and trying on does not move that time", async () => {
  const attempt = newAttempt();
  for (let at = 0; at < attemptLimits.email; at++) await countAttempt(attempt);
  const [first, later] = [await countAttempt(attempt), await countAttempt(attempt)];
  if (first.ok || later.ok) throw new Error("let through above the limit");
  expect(first.retryAfterSeconds).toBeLessThanOrEqual(windowMinutes * 60);
  expect(first.retryAfterSeconds).toBeGreaterThan(windowMinutes * 60 - 60);
  expect(later.retryAfterSeconds).toBeLessThanOrEqual(first.retryAfterSeconds);
});

test("when the window closes, counting starts anew", async () => {
  const attempt = newAttempt();
  for (let at = 0; at <= attemptLimits.email; at++) await countAttempt(attempt);
  expect((await countAttempt(attempt)).ok).toBe(false);
  await closeWindows();
  expect((await countAttempt(attempt)).ok).toBe(true);
});

test("the right password starts the email anew and gives the address its attempt back", async () => {
  const attempt = newAttempt();
  for (let at = 0; at < attemptLimits.email * 3; at++) {
    expect((await countAttempt(attempt)).ok).toBe(true);
    await forgiveAttempt(attempt);
  }
});

test("one email is one limit, however it is written", async () => {
  const { email, address } = newAttempt();
  for (let at = 0; at < attemptLimits.email; at++)
    await countAttempt({ email: email.toUpperCase(), address });
  expect((await countAttempt({ email: ` ${email} `, address: null })).ok).toBe(false);
});

test("rows of closed windows go away as new windows open", async () => {
  await database().delete(loginAttempts);
  for (let at = 0; at < 30; at++) await countAttempt(newAttempt());
  await closeWindows();
  for (let at = 0; at < 4; at++) await countAttempt(newAttempt());
  expect(await database().$count(loginAttempts)).toBe(8);
});

test("the table tells nobody's email or address", async () => {
  const attempt = newAttempt();
  await countAttempt(attempt);
  const rows = await database().select({ key: loginAttempts.key }).from(loginAttempts);
  expect(JSON.stringify(rows)).not.toContain(attempt.email);
  expect(await database().$count(loginAttempts, eq(loginAttempts.key, `address:${attempt.address}`))).toBe(0);
});
