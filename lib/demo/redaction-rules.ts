import "server-only";
import { eq } from "drizzle-orm";
import { logRedactionRules } from "@/drizzle/schema/log-redaction-rules";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";

const rules = [
  {
    name: "E-mail addresses",
    pattern: "[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}",
    mask: "[e-mail]",
    enabled: true,
  },
  {
    name: "Cloud access keys",
    pattern: "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b",
    mask: "[access key]",
    enabled: true,
  },
  { name: "Card numbers", pattern: "\\b\\d(?:[ -]?\\d){12,15}\\b", mask: "[card]", enabled: false },
];

/** Rules such as a workspace has: two in force, one put aside. In the name of its owner; making them again changes nothing. */
export function makeRedactionRules(scope: WorkspaceScope): Promise<void> {
  return inScope(scope, async (tx) => {
    const [workspace] = await tx
      .select({ ownerId: workspaces.ownerId })
      .from(workspaces)
      .where(eq(workspaces.id, scope.workspaceId))
      .limit(1);
    if (!workspace)
      throw new Error(`Assumed workspace ${scope.workspaceId} to exist while its scope is held`);
    const by = { createdBy: workspace.ownerId, updatedBy: workspace.ownerId };
    await tx
      .insert(logRedactionRules)
      .values(
        rules.map((rule, index) => ({ ...rule, ...by, workspaceId: scope.workspaceId, position: index + 1 })),
      )
      .onConflictDoNothing();
  });
}
