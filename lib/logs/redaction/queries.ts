import "server-only";
import { asc, eq } from "drizzle-orm";
import { logRedactionRules } from "@/drizzle/schema/log-redaction-rules";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { mostRules } from "./rule";

/** The rules of a workspace in the order they are applied, for the settings page. */
export function listRedactionRules(scope: WorkspaceScope) {
  return inScope(scope, (tx) =>
    tx
      .select({
        id: logRedactionRules.id,
        name: logRedactionRules.name,
        pattern: logRedactionRules.pattern,
        mask: logRedactionRules.mask,
        appliesTo: logRedactionRules.appliesTo,
        enabled: logRedactionRules.enabled,
        updatedBy: users.displayName,
        updatedAt: logRedactionRules.updatedAt,
      })
      .from(logRedactionRules)
      .innerJoin(users, eq(users.id, logRedactionRules.updatedBy))
      .where(eq(logRedactionRules.workspaceId, scope.workspaceId))
      .orderBy(asc(logRedactionRules.position), asc(logRedactionRules.id))
      .limit(mostRules),
  );
}
export type RedactionRuleRow = Awaited<ReturnType<typeof listRedactionRules>>[number];
