import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { memberships } from "@/drizzle/schema/memberships";
import { sessions } from "@/drizzle/schema/sessions";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import {
  createPerson,
  createProject,
  createWorkspace,
  join,
  signedIn,
  signedInCookie,
} from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import {
  listMyWorkspaces,
  platformAccess,
  requirePlatform,
  requireWorkspace,
  scopeForCommand,
  scopeForWorker,
  workspaceFor,
  workspaceForApi,
} from "./access";
import { workspacesOf } from "./membership";
import { permissionsOf, roles } from "./roles";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
beforeEach(() => arrive());

async function member(role: (typeof roles)[number] = "viewer") {
  const workspace = await createWorkspace();
  const person = await createPerson();
  await join(workspace, person, role);
  return { workspace, person, session: await signedIn(person) };
}

const setMembership = (workspaceId: string, userId: string, set: Partial<typeof memberships.$inferInsert>) =>
  database()
    .update(memberships)
    .set(set)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));

test("a member gets a scope of the workspace, with the role and permissions of the membership", async () => {
  for (const role of roles) {
    const { workspace, person, session } = await member(role);
    const access = await workspaceFor(session, workspace.slug, "runs:read");
    expect(access).toMatchObject({
      ok: true,
      scope: {
        workspaceId: workspace.id,
        workspaceSlug: workspace.slug,
        userId: person.id,
        role,
        actor: "user",
      },
    });
    expect(access.ok && access.scope.permissions).toEqual(permissionsOf[role]);
  }
});

test("a stranger and a workspace that does not exist are answered alike", async () => {
  const { workspace } = await member();
  const stranger = await signedIn(await createPerson());
  const refused = await workspaceFor(stranger, workspace.slug, "runs:read");
  expect(refused).toMatchObject({ ok: false, code: "not_found" });
  expect(refused).toEqual(await workspaceFor(stranger, "no-such-workspace", "runs:read"));
});

test("a role without the permission is forbidden, not unknown", async () => {
  const { workspace, session } = await member("viewer");
  expect(await workspaceFor(session, workspace.slug, "logs:write")).toMatchObject({
    ok: false,
    code: "forbidden",
  });
});

test("nobody signed in is unauthorized, whether the workspace exists or not", async () => {
  const { workspace } = await member();
  expect(await workspaceFor(null, workspace.slug, "runs:read")).toMatchObject({
    ok: false,
    code: "unauthorized",
  });
  expect(await workspaceFor(null, "no-such-workspace", "runs:read")).toMatchObject({
    ok: false,
    code: "unauthorized",
  });
});

test("a change of role acts at the next request of the same session", async () => {
  const { workspace, person, session } = await member("editor");
  expect(await workspaceFor(session, workspace.slug, "runs:write")).toMatchObject({ ok: true });
  await setMembership(workspace.id, person.id, { role: "viewer" });
  expect(await workspaceFor(session, workspace.slug, "runs:write")).toMatchObject({
    ok: false,
    code: "forbidden",
  });
  await setMembership(workspace.id, person.id, { role: "admin" });
  expect(await workspaceFor(session, workspace.slug, "members:write")).toMatchObject({ ok: true });
});

test("a suspended membership makes a stranger, and so does a suspended workspace", async () => {
  const { workspace, person, session } = await member();
  await setMembership(workspace.id, person.id, { status: "suspended" });
  expect(await workspaceFor(session, workspace.slug, "runs:read")).toMatchObject({ code: "not_found" });
  await setMembership(workspace.id, person.id, { status: "active" });
  await database().update(workspaces).set({ status: "suspended" }).where(eq(workspaces.id, workspace.id));
  expect(await workspaceFor(session, workspace.slug, "runs:read")).toMatchObject({ code: "not_found" });
});

test("a role in one project does not open the workspace", async () => {
  const workspace = await createWorkspace();
  const project = await createProject(workspace);
  const person = await createPerson();
  await database()
    .insert(memberships)
    .values({ workspaceId: workspace.id, projectId: project.id, userId: person.id, role: "admin" });
  expect(await workspaceFor(await signedIn(person), workspace.slug, "runs:read")).toMatchObject({
    code: "not_found",
  });
});

test("owning a workspace without being its member opens nothing", async () => {
  const owner = await createPerson();
  const workspace = await createWorkspace({ ownerId: owner.id });
  expect(await workspaceFor(await signedIn(owner), workspace.slug, "runs:read")).toMatchObject({
    code: "not_found",
  });
});

test("the page door: sign-in for nobody, not found for a stranger, forbidden for a role, a scope for a member", async () => {
  const { workspace, person } = await member("viewer");
  await expect(requireWorkspace(workspace.slug, "runs:read")).rejects.toMatchObject({
    kind: "redirect",
    to: "/sign-in",
  });
  arrive(await signedInCookie(await createPerson()));
  await expect(requireWorkspace(workspace.slug, "runs:read")).rejects.toMatchObject({ kind: "not_found" });
  arrive(await signedInCookie(person));
  await expect(requireWorkspace(workspace.slug, "runs:write")).rejects.toMatchObject({ kind: "forbidden" });
  expect((await requireWorkspace(workspace.slug, "runs:read")).workspaceId).toBe(workspace.id);
});

test("a revoked session closes both doors at once", async () => {
  const { workspace, person } = await member("owner");
  arrive(await signedInCookie(person));
  expect((await workspaceForApi(workspace.slug, "runs:read")).ok).toBe(true);
  await database().update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.userId, person.id));
  expect(await workspaceForApi(workspace.slug, "runs:read")).toMatchObject({
    ok: false,
    code: "unauthorized",
  });
  await expect(requireWorkspace(workspace.slug, "runs:read")).rejects.toMatchObject({ kind: "redirect" });
});

test("a person sees the workspaces they are a member of, the longest-held first, and no others", async () => {
  const person = await createPerson();
  const [first, second, suspended] = [
    await createWorkspace(),
    await createWorkspace(),
    await createWorkspace(),
  ];
  await createWorkspace();
  for (const workspace of [first, second, suspended]) await join(workspace, person, "viewer");
  await setMembership(suspended.id, person.id, { status: "suspended" });
  const slugs = (await workspacesOf(await signedIn(person))).map((workspace) => workspace.slug);
  expect(slugs).toEqual([first.slug, second.slug]);
  arrive(await signedInCookie(person));
  expect((await listMyWorkspaces()).map((workspace) => workspace.slug)).toEqual(slugs);
  arrive();
  expect(await listMyWorkspaces()).toEqual([]);
});

test("the worker and the command line get a scope of a workspace that exists, in nobody's name", async () => {
  const workspace = await createWorkspace();
  expect(await scopeForWorker(workspace.id)).toMatchObject({
    workspaceSlug: workspace.slug,
    userId: null,
    actor: "worker",
  });
  expect(await scopeForCommand(workspace.slug)).toMatchObject({
    workspaceId: workspace.id,
    userId: null,
    actor: "command",
  });
  for (const id of ["", "demo", "00000000-0000-0000-0000-000000000000", "'; drop table users; --"]) {
    expect(await scopeForWorker(id)).toBeNull();
  }
  expect(await scopeForCommand("no-such-workspace")).toBeNull();
});

test("only an admin of the platform gets its pages; to everybody else they are not there", async () => {
  const admin = await createPerson({ platformRole: "admin" });
  const { person: owner } = await member("owner");
  arrive(await signedInCookie(admin));
  expect(await requirePlatform()).toMatchObject({ userId: admin.id, actor: "user" });
  arrive(await signedInCookie(owner));
  await expect(requirePlatform()).rejects.toMatchObject({ kind: "not_found" });
  expect(await platformAccess()).toBeNull();
  arrive();
  await expect(requirePlatform()).rejects.toMatchObject({ kind: "redirect" });
});

test("an admin of the platform is no member of a workspace for it, and loses the role at the next request", async () => {
  const admin = await createPerson({ platformRole: "admin" });
  const workspace = await createWorkspace();
  expect(await workspaceFor(await signedIn(admin), workspace.slug, "workspace:read")).toMatchObject({
    ok: false,
    code: "not_found",
  });
  arrive(await signedInCookie(admin));
  await database().update(users).set({ platformRole: null }).where(eq(users.id, admin.id));
  expect(await platformAccess()).toBeNull();
});

test("a scope cannot be turned into another workspace's", async () => {
  const { workspace, session } = await member();
  const access = await workspaceFor(session, workspace.slug, "runs:read");
  if (!access.ok) throw new Error("a member was refused");
  expect(() => Object.assign(access.scope, { workspaceId: "other" })).toThrow(TypeError);
  // @ts-expect-error a copy is no scope: the compiler says so, and this line fails the type check when it stops doing so
  const copy: typeof access.scope = { ...access.scope, workspaceId: "other" };
  expect(copy).not.toBeInstanceOf(access.scope.constructor);
});
