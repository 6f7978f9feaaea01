import "server-only";
import { eq, sql } from "drizzle-orm";
import { canaryState } from "@/drizzle/schema/canary-state";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { PlatformScope } from "@/lib/auth/access";
import { inPlatform, type Transaction } from "@/lib/db/in-scope";

const owner = { email: "canary@strata.invalid", displayName: "Canary" };
const slug = "strata-canary";

/**
 * The canary's workspace, made on first use. It is a workspace like any other, so that everything that runs over workspaces
 * runs over it too; nobody is a member of it, so that no list, count or quota of anybody's has to leave it out. Its owner
 * has no password and can never sign in.
 */
export function ensureCanaryWorkspace(scope: PlatformScope): Promise<string> {
  return inPlatform(scope, async (tx) => {
    const [known] = await tx.select({ workspaceId: canaryState.workspaceId }).from(canaryState);
    if (known) return known.workspaceId;
    await tx.insert(users).values(owner).onConflictDoNothing();
    const [person] = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(sql`lower(${users.email})`, owner.email));
    const workspaceId = person && (await workspaceOf(tx, person.id));
    if (!workspaceId)
      throw new Error(`The workspace ${slug} belongs to somebody else; the canary does not write there.`);
    await tx.insert(canaryState).values({ workspaceId }).onConflictDoNothing();
    return workspaceId;
  });
}

async function workspaceOf(tx: Transaction, ownerId: string): Promise<string | null> {
  await tx.insert(workspaces).values({ slug, name: "Canary", type: "team", ownerId }).onConflictDoNothing();
  const [found] = await tx
    .select({ id: workspaces.id, ownerId: workspaces.ownerId })
    .from(workspaces)
    .where(eq(workspaces.slug, slug));
  return found?.ownerId === ownerId ? found.id : null;
}
