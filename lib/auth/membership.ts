import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { cache } from "react";
import { memberships } from "@/drizzle/schema/memberships";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { database } from "@/lib/db/client";
import { isSlug, isUuid } from "./ids";

const placeRow = {
  workspaceId: workspaces.id,
  workspaceSlug: workspaces.slug,
  workspaceName: workspaces.name,
};
export type Place = { workspaceId: string; workspaceSlug: string; workspaceName: string };

/** A role in a single project does not open the workspace. */
const isMember = and(
  isNull(memberships.projectId),
  eq(memberships.status, "active"),
  eq(workspaces.status, "active"),
);

/** The workspace of a URL and the person's role in it; undefined for a stranger. Read once per request. */
export const membershipIn = cache(async (userId: string, slug: string) => {
  if (!isSlug(slug)) return undefined;
  const [place] = await database()
    .select({ ...placeRow, role: memberships.role })
    .from(workspaces)
    .innerJoin(memberships, eq(memberships.workspaceId, workspaces.id))
    .where(and(eq(workspaces.slug, slug), eq(memberships.userId, userId), isMember))
    .limit(1);
  return place;
});

/** What the person may do on the platform, across workspaces; null for nearly everybody. */
export const platformRoleOf = cache(async (userId: string) => {
  const [person] = await database()
    .select({ role: users.platformRole })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.status, "active")))
    .limit(1);
  return person?.role ?? null;
});

/** The same of somebody who is not here now: undefined also when the person may not sign in any more. */
export async function membershipByIds(userId: string, workspaceId: string) {
  const [place] = await database()
    .select({ ...placeRow, role: memberships.role })
    .from(workspaces)
    .innerJoin(memberships, eq(memberships.workspaceId, workspaces.id))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(workspaces.id, workspaceId), eq(users.id, userId), eq(users.status, "active"), isMember))
    .limit(1);
  return place;
}

/** The longest-held first. */
export function workspacesOf(person: { userId: string }) {
  return database()
    .select({
      workspaceId: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.userId, person.userId), isMember))
    .orderBy(asc(memberships.createdAt), asc(memberships.id))
    .limit(200);
}

export async function workspaceById(id: string): Promise<Place | undefined> {
  if (!isUuid(id)) return undefined;
  const [place] = await database().select(placeRow).from(workspaces).where(eq(workspaces.id, id)).limit(1);
  return place;
}

export async function workspaceBySlug(slug: string): Promise<Place | undefined> {
  if (!isSlug(slug)) return undefined;
  const [place] = await database()
    .select(placeRow)
    .from(workspaces)
    .where(eq(workspaces.slug, slug))
    .limit(1);
  return place;
}
