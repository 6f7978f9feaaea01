import { randomBytes } from "node:crypto";
import { memberships } from "@/drizzle/schema/memberships";
import { projects } from "@/drizzle/schema/projects";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { type WorkspaceScope, workspaceFor } from "@/lib/auth/access";
import { hashPassword } from "@/lib/auth/password";
import type { Role } from "@/lib/auth/roles";
import { cookieFor, openSession, type Session, sessionForCookie } from "@/lib/auth/session";
import { database } from "@/lib/db/client";

/*
 * Factories for tests against real PostgreSQL. Everything has a name of its own, so that tests of one file do not meet.
 */

export const testPassword = "correct horse battery staple";
const passwordHash = hashPassword(testPassword);
const unique = () => randomBytes(5).toString("hex");

export async function createPerson(fields: Partial<typeof users.$inferInsert> = {}) {
  const [person] = await database()
    .insert(users)
    .values({
      email: `p-${unique()}@example.test`,
      displayName: "Some Body",
      passwordHash: await passwordHash,
      ...fields,
    })
    .returning();
  return row(person);
}

export async function createWorkspace(fields: Partial<typeof workspaces.$inferInsert> = {}) {
  const ownerId = fields.ownerId ?? (await createPerson()).id;
  const [workspace] = await database()
    .insert(workspaces)
    .values({ slug: `w-${unique()}`, name: "Some Place", type: "team", ...fields, ownerId })
    .returning();
  return row(workspace);
}

export async function createProject(workspace: { id: string; ownerId: string }, slug = `p-${unique()}`) {
  const [project] = await database()
    .insert(projects)
    .values({ workspaceId: workspace.id, slug, name: slug, createdBy: workspace.ownerId })
    .returning();
  return row(project);
}

export async function join(workspace: { id: string }, person: { id: string }, role: Role) {
  const [membership] = await database()
    .insert(memberships)
    .values({ workspaceId: workspace.id, userId: person.id, role })
    .returning();
  return row(membership);
}

/** The cookie of a browser in which this person has signed in. */
export async function signedInCookie(person: { id: string }): Promise<string> {
  return cookieFor(await openSession(person.id, { address: "127.0.0.1", userAgent: "test" }));
}

export async function signedIn(person: { id: string }): Promise<Session> {
  return row((await sessionForCookie(await signedInCookie(person))) ?? undefined);
}

/** A scope for tests of other domains: a new workspace, and a member of it with this role, come in through the ordinary door. */
export async function memberScope(
  role: Role,
  workspace?: { id: string; slug: string },
): Promise<WorkspaceScope> {
  const place = workspace ?? (await createWorkspace());
  const person = await createPerson();
  await join(place, person, role);
  const access = await workspaceFor(await signedIn(person), place.slug, "workspace:read");
  if (!access.ok) throw new Error(`A new member was refused: ${access.message}`);
  return access.scope;
}

function row<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The row that was just made is not there");
  return value;
}
