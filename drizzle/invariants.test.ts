import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { listAuditOf, writeAudit } from "@/lib/db/audit";
import { database } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/database";
import { createPerson, createProject, createWorkspace, join, memberScope } from "@/lib/testing/people";
import { auditEntries } from "./schema/audit-entries";
import { invitations } from "./schema/invitations";
import { memberships } from "./schema/memberships";
import { projects } from "./schema/projects";
import { users } from "./schema/users";
import { workspaces } from "./schema/workspaces";

testDatabase();

/** The constraint that PostgreSQL names when it refuses a write. */
async function refusal(write: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && "constraint" in cause ? String(cause.constraint) : String(error);
  }
}

test("two people cannot share an email, however it is capitalised", async () => {
  await createPerson({ email: "Ada@example.test" });
  expect(await refusal(createPerson({ email: "ada@EXAMPLE.test" }))).toBe("users_email_key");
});

test("a password that is not hashed with argon2id cannot be stored", async () => {
  expect(await refusal(createPerson({ passwordHash: "hunter2" }))).toBe("users_password_hash_argon2id");
});

test("workspace slugs are unique and fit into a URL", async () => {
  const { ownerId } = await createWorkspace({ slug: "taken" });
  const values = { name: "N", type: "team", ownerId } as const;
  expect(
    await refusal(
      database()
        .insert(workspaces)
        .values({ ...values, slug: "taken" }),
    ),
  ).toBe("workspaces_slug_key");
  for (const slug of ["", "A", "a b", "-a", "a-", "a/b", "a".repeat(64)]) {
    expect(
      await refusal(
        database()
          .insert(workspaces)
          .values({ ...values, slug }),
      ),
    ).toBe("workspaces_slug_shape");
  }
});

test("a membership cannot name a project of another workspace", async () => {
  const [here, there] = [await createWorkspace(), await createWorkspace()];
  const project = await createProject(there);
  const person = await createPerson();
  const membership = { userId: person.id, projectId: project.id, role: "viewer" } as const;
  expect(
    await refusal(
      database()
        .insert(memberships)
        .values({ ...membership, workspaceId: here.id }),
    ),
  ).toBe("memberships_project_fk");
  expect(
    await refusal(
      database()
        .insert(memberships)
        .values({ ...membership, workspaceId: there.id }),
    ),
  ).toBeUndefined();
});

test("a person has one role in a workspace and one in each project of it", async () => {
  const workspace = await createWorkspace();
  const project = await createProject(workspace);
  const person = await createPerson();
  await join(workspace, person, "viewer");
  expect(await refusal(join(workspace, person, "admin"))).toBe(
    "memberships_workspace_id_user_id_project_id_key",
  );
  const inProject = {
    workspaceId: workspace.id,
    projectId: project.id,
    userId: person.id,
    role: "editor",
  } as const;
  expect(await refusal(database().insert(memberships).values(inProject))).toBeUndefined();
  expect(await refusal(database().insert(memberships).values(inProject))).toBe(
    "memberships_workspace_id_user_id_project_id_key",
  );
});

test("project slugs repeat across workspaces and never within one", async () => {
  const [here, there] = [await createWorkspace(), await createWorkspace()];
  await createProject(here, "same");
  expect(await refusal(createProject(there, "same"))).toBeUndefined();
  expect(await refusal(createProject(here, "same"))).toBe("projects_workspace_id_slug_key");
});

test("an address has at most one open invitation to a workspace", async () => {
  const workspace = await createWorkspace();
  const invite = (email: string, tokenHash: string, revokedAt?: Date) =>
    database()
      .insert(invitations)
      .values({
        workspaceId: workspace.id,
        email,
        role: "viewer",
        tokenHash: tokenHash.repeat(64),
        invitedBy: workspace.ownerId,
        expiresAt: new Date(Date.now() + 86_400_000),
        revokedAt,
      });
  expect(await refusal(invite("new@example.test", "a", new Date()))).toBeUndefined();
  expect(await refusal(invite("new@example.test", "b"))).toBeUndefined();
  expect(await refusal(invite("NEW@example.test", "c"))).toBe("invitations_open_key");
});

test("a person who owns a workspace or has made a project cannot be deleted from under it", async () => {
  const workspace = await createWorkspace();
  await createProject(workspace);
  expect(await refusal(database().delete(users))).toMatch(/workspaces_owner_id|projects_created_by/);
});

test("deleting a workspace takes its projects and memberships along, and nobody else's", async () => {
  const [gone, kept] = [await createWorkspace(), await createWorkspace()];
  const person = await createPerson();
  for (const workspace of [gone, kept]) {
    await createProject(workspace);
    await join(workspace, person, "viewer");
  }
  await database().delete(workspaces).where(eq(workspaces.id, gone.id));
  const ids = [gone.id, kept.id];
  const left = [
    ...(await database()
      .select({ at: projects.workspaceId })
      .from(projects)
      .where(inArray(projects.workspaceId, ids))),
    ...(await database()
      .select({ at: memberships.workspaceId })
      .from(memberships)
      .where(inArray(memberships.workspaceId, ids))),
  ];
  expect(left).toEqual([{ at: kept.id }, { at: kept.id }]);
});

test("nobody changes or removes what stands in the audit trail", async () => {
  const scope = await memberScope("owner");
  const about = { resourceType: "workspace", resourceId: scope.workspaceId };
  await writeAudit(scope, { action: "archive.set_retention", ...about, after: { days: 30 }, key: "once" });
  await writeAudit(scope, { action: "archive.set_retention", ...about, after: { days: 99 }, key: "once" });
  expect(await refusal(database().update(auditEntries).set({ reason: "never mind" }))).toBe(
    "audit_entries_append_only",
  );
  expect(await refusal(database().delete(auditEntries))).toBe("audit_entries_append_only");
  expect(await refusal(database().delete(workspaces).where(eq(workspaces.id, scope.workspaceId)))).toBe(
    "audit_entries_workspace_id_workspaces_id_fk",
  );
  expect(await listAuditOf(scope, about)).toMatchObject([{ after: { days: 30 } }]);
});
