import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessions } from "@/drizzle/schema/sessions";
import { users } from "@/drizzle/schema/users";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { createPerson, signedInCookie } from "@/lib/testing/people";
import { idleDays, sealSession, sessionCookie, sessionDays } from "./cookie";
import { newSecret } from "./secrets";
import { sessionForCookie } from "./session";

testDatabase();

const change = (
  userId: string,
  set: Partial<Record<keyof typeof sessions.$inferSelect, ReturnType<typeof sql>>>,
) => database().update(sessions).set(set).where(eq(sessions.userId, userId));

async function signedInPerson() {
  const person = await createPerson();
  return { person, cookie: await signedInCookie(person) };
}

test("a cookie names the person whose session it is", async () => {
  const { person, cookie } = await signedInPerson();
  expect(await sessionForCookie(cookie)).toMatchObject({
    userId: person.id,
    email: person.email,
    displayName: person.displayName,
  });
});

test("a revoked session is over at the next request", async () => {
  const { person, cookie } = await signedInPerson();
  expect(await sessionForCookie(cookie)).not.toBeNull();
  await change(person.id, { revokedAt: sql`now()` });
  expect(await sessionForCookie(cookie)).toBeNull();
});

test("a suspended person is signed out at the next request, and back when reinstated", async () => {
  const { person, cookie } = await signedInPerson();
  const setStatus = (status: "active" | "suspended") =>
    database().update(users).set({ status }).where(eq(users.id, person.id));
  await setStatus("suspended");
  expect(await sessionForCookie(cookie)).toBeNull();
  await setStatus("active");
  expect(await sessionForCookie(cookie)).not.toBeNull();
});

test("a session ends at its age limit, and sooner when it is not used", async () => {
  const old = await signedInPerson();
  await change(old.person.id, {
    createdAt: sql`now() - make_interval(days => ${sessionDays + 1})`,
    expiresAt: sql`now()`,
  });
  expect(await sessionForCookie(old.cookie)).toBeNull();
  const idle = await signedInPerson();
  await change(idle.person.id, { lastSeenAt: sql`now() - make_interval(days => ${idleDays}, secs => 1)` });
  expect(await sessionForCookie(idle.cookie)).toBeNull();
});

test("use is noted at most once a minute", async () => {
  const { person, cookie } = await signedInPerson();
  const seen = async () => {
    const [row] = await database()
      .select({ at: sessions.lastSeenAt })
      .from(sessions)
      .where(eq(sessions.userId, person.id));
    return row?.at.getTime() ?? 0;
  };
  const first = await seen();
  await sessionForCookie(cookie);
  expect(await seen()).toBe(first);
  await change(person.id, { lastSeenAt: sql`now() - interval '2 minutes'` });
  await sessionForCookie(cookie);
  expect(await seen()).toBeGreaterThanOrEqual(first);
});

test("a cookie that is missing, altered, sealed elsewhere, or for no session at all signs nobody in", async () => {
  const { cookie } = await signedInPerson();
  const altered = `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`;
  const elsewhere = await sealSession(newSecret(), "another secret, also long enough for it");
  const forNoSession = await sealSession(newSecret(), env().NEXTAUTH_SECRET);
  for (const bad of [undefined, "", "x.y.z", altered, elsewhere, forNoSession]) {
    expect(await sessionForCookie(bad)).toBeNull();
  }
});

test("the database holds no key that would sign anybody in", async () => {
  const { person, cookie } = await signedInPerson();
  const [row] = await database().select().from(sessions).where(eq(sessions.userId, person.id));
  const stored = await sealSession(row?.keyHash ?? "", env().NEXTAUTH_SECRET);
  expect(await sessionForCookie(stored)).toBeNull();
  expect(JSON.stringify(row)).not.toContain(cookie);
});

test("the cookie is out of reach for scripts, and bound to the host over https", () => {
  expect(sessionCookie("https://strata.example")).toMatchObject({
    name: "__Host-strata.session",
    options: { httpOnly: true, secure: true, sameSite: "lax", path: "/" },
  });
  expect(sessionCookie("http://localhost:3000").options).toMatchObject({
    httpOnly: true,
    secure: false,
    sameSite: "lax",
  });
});
