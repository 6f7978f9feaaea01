import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { sessions } from "@/drizzle/schema/sessions";
import { users } from "@/drizzle/schema/users";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import { createPerson, signedInCookie, testPassword } from "@/lib/testing/people";
import { arrive, heldCookie } from "@/lib/testing/request";
import { signInAction, signOutAction } from "./actions";
import { attemptLimits } from "./login-limit";
import { hashPassword, verifyPassword } from "./password";
import { sessionForCookie } from "./session";
import { signInWithPassword } from "./sign-in";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
beforeEach(() => arrive());

const visitor = { address: null, userAgent: "test" };
const mismatch = { ok: false, code: "unauthorized", message: "That email and password do not match." };

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const sessionsOf = (person: { id: string }) =>
  database().select().from(sessions).where(eq(sessions.userId, person.id));

test("a password matches its own argon2id hash and no other", async () => {
  const [hash, again] = [await hashPassword("one"), await hashPassword("one")];
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(again).not.toBe(hash);
  expect(await verifyPassword(hash, "one")).toBe(true);
  expect(await verifyPassword(hash, "One")).toBe(false);
  expect(await verifyPassword(null, "one")).toBe(false);
});

test("the right password opens a session and notes the time", async () => {
  const person = await createPerson();
  const result = await signInWithPassword(
    { email: person.email.toUpperCase(), password: testPassword },
    visitor,
  );
  expect(result.ok).toBe(true);
  expect(await sessionsOf(person)).toHaveLength(1);
  const [row] = await database().select().from(users).where(eq(users.id, person.id));
  expect(row?.lastLoginAt).toBeInstanceOf(Date);
});

test("a wrong password, an unknown, a suspended and a not yet registered person get one answer and no session", async () => {
  const person = await createPerson();
  const suspended = await createPerson({ status: "suspended" });
  const invited = await createPerson({ passwordHash: null });
  const tries = [
    { email: person.email, password: "wrong" },
    { email: "nobody@example.test", password: testPassword },
    { email: suspended.email, password: testPassword },
    { email: invited.email, password: testPassword },
  ];
  for (const input of tries) expect(await signInWithPassword(input, visitor)).toEqual(mismatch);
  for (const one of [person, suspended, invited]) expect(await sessionsOf(one)).toEqual([]);
});

test("an unknown person costs the work of a known one", async () => {
  const person = await createPerson();
  const timed = async (email: string) => {
    const from = performance.now();
    await signInWithPassword({ email, password: "wrong" }, visitor);
    return performance.now() - from;
  };
  await timed(person.email);
  const known = Math.min(await timed(person.email), await timed(person.email), await timed(person.email));
  const unknown = Math.min(...[await timed("a@x.test"), await timed("b@x.test"), await timed("c@x.test")]);
  // Without the decoy an unknown person is answered in a tenth of the time.
  expect(unknown).toBeGreaterThan(known / 2);
});

test("above the limit also the right password is refused, with the time to wait", async () => {
  const person = await createPerson();
  for (let at = 0; at < attemptLimits.email; at++) {
    expect(await signInWithPassword({ email: person.email, password: "wrong" }, visitor)).toEqual(mismatch);
  }
  const refused = await signInWithPassword({ email: person.email, password: testPassword }, visitor);
  expect(refused).toEqual({
    ok: false,
    code: "rate_limited",
    message: "Too many attempts. Try again in 15 minutes.",
  });
});

test("the form leads on to the page asked for, with a cookie that is signed in", async () => {
  const person = await createPerson();
  const fields = { email: person.email, password: testPassword, callbackUrl: "/w/demo/runs?status=failed" };
  await expect(signInAction(null, form(fields))).rejects.toMatchObject({ to: "/w/demo/runs?status=failed" });
  expect(await sessionForCookie(heldCookie())).toMatchObject({ userId: person.id });
});

test("the form never leads to another site", async () => {
  const person = await createPerson();
  const fields = { email: person.email, password: testPassword, callbackUrl: "//evil.example/" };
  await expect(signInAction(null, form(fields))).rejects.toMatchObject({ to: "/" });
});

test("a failed form gives the email back and never the password", async () => {
  const state = await signInAction(null, form({ email: "a@b.test", password: "wrong", callbackUrl: "/" }));
  expect(state).toMatchObject({ ...mismatch, values: { email: "a@b.test" } });
  expect(JSON.stringify(state)).not.toContain("wrong");
});

test("an empty form says what is missing, beside each field", async () => {
  expect(await signInAction(null, form({ email: " ", password: "" }))).toMatchObject({
    code: "bad_input",
    fields: { email: "Enter your email.", password: "Enter your password." },
  });
});

test("a form of another site signs nobody in", async () => {
  const person = await createPerson();
  for (const origin of ["https://evil.example", "null", ""]) {
    arrive(undefined, { origin });
    const state = await signInAction(null, form({ email: person.email, password: testPassword }));
    expect(state).toMatchObject({ ok: false, code: "forbidden" });
  }
  expect(await sessionsOf(person)).toEqual([]);
});

test("signing in again ends the session that this browser had", async () => {
  const [before, after] = [await createPerson(), await createPerson()];
  const cookie = await signedInCookie(before);
  arrive(cookie);
  await expect(signInAction(null, form({ email: after.email, password: testPassword }))).rejects.toThrow(
    "redirect",
  );
  expect(await sessionForCookie(cookie)).toBeNull();
  expect(await sessionForCookie(heldCookie())).toMatchObject({ userId: after.id });
});

test("signing out revokes the row: a copy of the cookie is worth nothing afterwards", async () => {
  const person = await createPerson();
  const cookie = await signedInCookie(person);
  arrive(cookie);
  await expect(signOutAction(null, form({}))).rejects.toMatchObject({ to: "/sign-in" });
  expect(heldCookie()).toBeUndefined();
  expect(await sessionForCookie(cookie)).toBeNull();
});
