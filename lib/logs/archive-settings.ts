import "server-only";
import { eq } from "drizzle-orm";
import { logArchivePolicies } from "@/drizzle/schema/log-archive-policies";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Transaction } from "@/lib/db/in-scope";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { hour } from "@/lib/time";
import { archiveAfterDefaultMs } from "./archive-due";

/** What an archiver does with an episode; each one has its own copy. */
export type ArchiveSettings = Pick<LogMetadata, "archiveThreshold" | "chunkSize" | "keepHot"> & {
  archiveAfterMs: number;
};

/** Where a workspace has said nothing. */
export const archiveDefaults: ArchiveSettings = {
  archiveThreshold: 50_000,
  chunkSize: 50_000,
  // The rows people look at most stay where a page costs least.
  keepHot: 2_000,
  archiveAfterMs: archiveAfterDefaultMs,
};

/** What the next episode of this workspace begins with, read beside the rest of what it has said about its logs. */
export async function readArchiveSettings(tx: Transaction, scope: WorkspaceScope): Promise<ArchiveSettings> {
  const [policy] = await tx
    .select({
      archiveThreshold: logArchivePolicies.archiveThreshold,
      chunkSize: logArchivePolicies.chunkSize,
      keepHot: logArchivePolicies.keepHot,
      archiveAfterHours: logArchivePolicies.archiveAfterHours,
    })
    .from(logArchivePolicies)
    .where(eq(logArchivePolicies.workspaceId, scope.workspaceId))
    .limit(1);
  if (!policy) return archiveDefaults;
  const { archiveAfterHours, ...rest } = policy;
  return { ...rest, archiveAfterMs: archiveAfterHours * hour };
}
