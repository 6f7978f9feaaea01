import "server-only";
import { randomBytes } from "node:crypto";
import { memberships } from "@/drizzle/schema/memberships";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { scopeForWorker, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { inPlatform } from "@/lib/db/in-scope";

/** A workspace of its own for a seed, so that seeds can share one database. */
export async function newWorkspace(seed: number): Promise<WorkspaceScope> {
  const slug = `fault-${seed}-${randomBytes(4).toString("hex")}`;
  const workspaceId = await inPlatform(workerPlatformScope(), async (tx) => {
    const email = `${slug}@faults.test`;
    const [owner] = await tx.insert(users).values({ email, displayName: slug }).returning({ id: users.id });
    if (!owner) throw new Error("The user that was just made is not there");
    const [workspace] = await tx
      .insert(workspaces)
      .values({ slug, name: slug, type: "team", ownerId: owner.id })
      .returning({ id: workspaces.id });
    if (!workspace) throw new Error("The workspace that was just made is not there");
    await tx.insert(memberships).values({ workspaceId: workspace.id, userId: owner.id, role: "owner" });
    return workspace.id;
  });
  const scope = await scopeForWorker(workspaceId);
  if (!scope) throw new Error("The workspace that was just made cannot be entered");
  return scope;
}
