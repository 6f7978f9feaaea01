import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { memberships } from "@/drizzle/schema/memberships";
import { users } from "@/drizzle/schema/users";
import { workspaces } from "@/drizzle/schema/workspaces";
import { scopeForWorker, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { inPlatform } from "@/lib/db/in-scope";

/** A workspace of its own for a seed, so that seeds can share one database. */
export async function newWorkspace(seed: number, id?: string): Promise<WorkspaceScope> {
  const slug = `fault-${seed}-${randomBytes(4).toString("hex")}`;
  const workspaceId = await inPlatform(workerPlatformScope(), async (tx) => {
    const email = `${slug}@faults.test`;
    const [owner] = await tx.insert(users).values({ email, displayName: slug }).returning({ id: users.id });
    if (!owner) throw new Error("The user that was just made is not there");
    const [workspace] = await tx
      .insert(workspaces)
      .values({ id, slug, name: slug, type: "team", ownerId: owner.id })
      .returning({ id: workspaces.id });
    if (!workspace) throw new Error("The workspace that was just made is not there");
    await tx.insert(memberships).values({ workspaceId: workspace.id, userId: owner.id, role: "owner" });
    return workspace.id;
  });
  const scope = await scopeForWorker(workspaceId);
  if (!scope) throw new Error("The workspace that was just made cannot be entered");
  return scope;
}

/** The same for the same seed: where ids of documents follow from it, so do their order and all that depends on it. */
export function workspaceIdOf(seed: number, edition: string): string {
  const hex = createHash("sha256").update(`${edition} ${seed}`).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}
