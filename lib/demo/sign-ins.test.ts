import { afterEach, expect, test, vi } from "vitest";
import { memberships } from "@/drizzle/schema/memberships";
import { projects } from "@/drizzle/schema/projects";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { workspaceFor } from "@/lib/auth/access";
import { workspacesOf } from "@/lib/auth/membership";
import { roles } from "@/lib/auth/roles";
import { cookieFor, sessionForCookie } from "@/lib/auth/session";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import { demoSignIns, seedDemoPeople } from "./sign-ins";

testDatabase();
afterEach(() => vi.unstubAllEnvs());

async function signedIn(email: string, password: string) {
  const result = await signInWithPassword({ email, password }, { address: null, userAgent: null });
  const session = result.ok ? await sessionForCookie(await cookieFor(result.sessionKey)) : null;
  if (!session) throw new Error(`${email} cannot sign in`);
  return session;
}

test("outside the demo nobody is made", async () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("STRATA_DEMO", "");
  await expect(seedDemoPeople()).rejects.toThrow(/STRATA_DEMO=1/);
  expect(await database().$count(users)).toBe(0);
});

test("seeding twice, also at once, makes everybody and everything once", async () => {
  const counts = () =>
    Promise.all([users, workspaces, projects, memberships].map((table) => database().$count(table)));
  await Promise.all([seedDemoPeople(), seedDemoPeople()]);
  const first = await counts();
  await seedDemoPeople();
  expect(await counts()).toEqual(first);
  expect(first[0]).toBe(demoSignIns.length);
});

test("there is one sign-in for each role and a stranger, and each opens exactly what the list says", async () => {
  await seedDemoPeople();
  expect(demoSignIns.map((person) => person.role)).toEqual([...roles, "stranger"]);
  for (const person of demoSignIns) {
    const session = await signedIn(person.email, person.password);
    expect((await workspacesOf(session)).map((workspace) => workspace.slug)).toEqual(person.workspaces);
    const demo = await workspaceFor(session, "demo", "workspace:read");
    expect(demo.ok ? demo.scope.role : demo.code).toBe(
      person.role === "stranger" ? "not_found" : person.role,
    );
  }
});

test("what somebody has changed in the demo stays as they left it", async () => {
  await seedDemoPeople();
  await database().update(workspaces).set({ name: "Renamed" });
  await seedDemoPeople();
  const names = await database().selectDistinct({ name: workspaces.name }).from(workspaces);
  expect(names).toEqual([{ name: "Renamed" }]);
});
