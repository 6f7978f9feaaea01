import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logHolds } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { listMarked } from "../retention/marked";
import { getRetention, type RetentionPolicy } from "../retention/policy";
import { getArchivePolicy } from "./queries";
import type { Archiving } from "./schema";

/** The rules of a workspace in few figures, for the card beside its archive. */
export interface PolicySummary {
  archiving: Archiving;
  retention: RetentionPolicy | null;
  marked: { chunks: number; bytes: number; next: string | null };
  holds: number;
}

export async function getPolicySummary(scope: WorkspaceScope): Promise<PolicySummary> {
  const [{ archiving }, retention, { chunks, bytes, next }, holds] = await Promise.all([
    getArchivePolicy(scope),
    getRetention(scope),
    listMarked(scope),
    scoped(scope).collection(logHolds).countDocuments({ releasedAt: null }, { maxTimeMS: 10_000 }),
  ]);
  return { archiving, retention, marked: { chunks, bytes, next }, holds };
}
