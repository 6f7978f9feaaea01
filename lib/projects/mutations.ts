import "server-only";
import { and, eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/projects";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";

export interface NewProject {
  slug: string;
  name: string;
  description: string;
}

/** The project of this slug, made if it is not there. A worker or command acts for nobody: the owner has made it then. */
export function ensureProject(scope: WorkspaceScope, project: NewProject): Promise<string> {
  return inScope(scope, async (tx) => {
    const ofSlug = and(eq(projects.workspaceId, scope.workspaceId), eq(projects.slug, project.slug));
    const find = () => tx.select({ id: projects.id }).from(projects).where(ofSlug).limit(1);
    const [present] = await find();
    if (present) return present.id;
    const [workspace] = await tx
      .select({ ownerId: workspaces.ownerId })
      .from(workspaces)
      .where(eq(workspaces.id, scope.workspaceId))
      .limit(1);
    if (!workspace)
      throw new Error(`Assumed workspace ${scope.workspaceId} to exist while its scope is held`);
    await tx
      .insert(projects)
      .values({ ...project, workspaceId: scope.workspaceId, createdBy: scope.userId ?? workspace.ownerId })
      .onConflictDoNothing();
    const [made] = await find();
    if (!made) throw new Error(`Assumed project ${project.slug} to exist after it was inserted`);
    return made.id;
  });
}
