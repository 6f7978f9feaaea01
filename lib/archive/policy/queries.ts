import "server-only";
import { eq } from "drizzle-orm";
import { logArchivePolicies } from "@/drizzle/schema/log-archive-policies";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { type ArchiveSettings, archiveDefaults } from "@/lib/logs/archive-settings";
import { hour } from "@/lib/time";
import type { Archiving } from "./schema";

export interface ArchivePolicy {
  archiving: Archiving;
  /** Nobody has said anything: the defaults of the product. */
  isDefault: boolean;
  updatedBy: string | null;
  /** Null for the defaults. */
  updatedAt: string | null;
}

/** How the next episode of the workspace will be archived, and who said so. */
export async function getArchivePolicy(scope: WorkspaceScope): Promise<ArchivePolicy> {
  const [policy] = await inScope(scope, (tx) =>
    tx
      .select({
        archiveThreshold: logArchivePolicies.archiveThreshold,
        chunkSize: logArchivePolicies.chunkSize,
        keepHot: logArchivePolicies.keepHot,
        archiveAfterHours: logArchivePolicies.archiveAfterHours,
        updatedBy: users.displayName,
        updatedAt: logArchivePolicies.updatedAt,
      })
      .from(logArchivePolicies)
      .leftJoin(users, eq(users.id, logArchivePolicies.updatedBy))
      .where(eq(logArchivePolicies.workspaceId, scope.workspaceId))
      .limit(1),
  );
  if (!policy)
    return { archiving: toArchiving(archiveDefaults), isDefault: true, updatedBy: null, updatedAt: null };
  const { updatedBy, updatedAt, ...archiving } = policy;
  return { archiving, isDefault: false, updatedBy, updatedAt: updatedAt.toISOString() };
}

/** The settings of an episode in the units people set them in. */
export function toArchiving({
  archiveAfterMs,
  archiveThreshold,
  chunkSize,
  keepHot,
}: ArchiveSettings): Archiving {
  return { archiveThreshold, chunkSize, keepHot, archiveAfterHours: archiveAfterMs / hour };
}
