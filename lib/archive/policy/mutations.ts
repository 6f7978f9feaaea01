import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { logArchivePolicies } from "@/drizzle/schema/log-archive-policies";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { recordAudit } from "@/lib/db/audit";
import { inScope, type Transaction } from "@/lib/db/in-scope";
import { archiveAfterDefaultMs } from "@/lib/logs/archive-due";
import { forgetIngestSettings } from "@/lib/logs/ingest-settings";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { hour } from "@/lib/time";
import { audited } from "../audit-outbox";
import { changedMeanwhile, lockWorkspace } from "./lock";
import { toArchiving } from "./queries";
import { type ArchivePolicyInput, archivingMark, type EpisodeArchivingInput } from "./schema";

/** Says how episodes are archived that are made from now on. Those that are there keep what they have. */
export async function saveArchivePolicy(
  scope: WorkspaceScope,
  { seen, ...policy }: ArchivePolicyInput,
): Promise<MutationResult> {
  const saved = await inScope(scope, async (tx): Promise<MutationResult> => {
    await lockWorkspace(tx, scope);
    const before = await readPolicy(tx, scope);
    if ((before?.updatedAt.toISOString() ?? "") !== seen) throw changedMeanwhile();
    const { workspaceId, userId } = scope;
    const values = { ...policy, updatedBy: userId, updatedAt: new Date() };
    await tx
      .insert(logArchivePolicies)
      .values({ workspaceId, ...values })
      .onConflictDoUpdate({ target: logArchivePolicies.workspaceId, set: values });
    const { updatedAt: _, ...was } = before ?? { updatedAt: null };
    await recordAudit(tx, scope, {
      action: "archive.set_policy",
      resourceType: "workspace",
      resourceId: workspaceId,
      before: before ? was : null,
      after: policy,
      key: `archive-policy/${randomUUID()}`,
    });
    return { ok: true, message: "Holds for every episode that is made from now on." };
  });
  forgetIngestSettings(scope);
  return saved;
}

/** Changes how one episode is archived, from its next chunk on; what is archived stays as it was cut. */
export async function saveEpisodeArchiving(
  scope: WorkspaceScope,
  { episodeId, seen, archiveThreshold, chunkSize, keepHot, archiveAfterHours }: EpisodeArchivingInput,
): Promise<MutationResult> {
  const wanted = { archiveThreshold, chunkSize, keepHot, archiveAfterMs: archiveAfterHours * hour };
  const changed = await audited(scope, async (tx) => {
    const records = tx.collection(logMetadata);
    const record = await records.findOne({ episodeId });
    if (!record) return null;
    const before = toArchiving({ ...record, archiveAfterMs: record.archiveAfterMs ?? archiveAfterDefaultMs });
    if (archivingMark(before) !== seen) throw changedMeanwhile();
    // An archiver looks at once: rows that were below the threshold may be above it now.
    await records.updateOne({ episodeId }, { $set: { ...wanted, archiveDueAt: new Date() } });
    const act = {
      action: "archive.set_episode_policy",
      resourceType: "log_episode",
      resourceId: episodeId,
      before,
      after: toArchiving(wanted),
    };
    return { act, result: true };
  });
  if (!changed) return { ok: false, code: "not_found", message: "There is no such episode." };
  return { ok: true, message: "Holds from the next chunk on." };
}

async function readPolicy(tx: Transaction, scope: WorkspaceScope) {
  const [policy] = await tx
    .select({
      archiveThreshold: logArchivePolicies.archiveThreshold,
      chunkSize: logArchivePolicies.chunkSize,
      keepHot: logArchivePolicies.keepHot,
      archiveAfterHours: logArchivePolicies.archiveAfterHours,
      updatedAt: logArchivePolicies.updatedAt,
    })
    .from(logArchivePolicies)
    .where(eq(logArchivePolicies.workspaceId, scope.workspaceId));
  return policy;
}
