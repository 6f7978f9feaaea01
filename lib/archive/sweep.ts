import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { formatBytes, formatPlural } from "@/lib/format";
import { findRecord } from "@/lib/logs/read/page";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { parseChunkKey, workspacePrefix } from "@/lib/objects/keys";
import type { ObjectInfo } from "@/lib/objects/object-store";
import { objectStore } from "@/lib/objects/store";
import { audited } from "./audit-outbox";
import { recordSweep } from "./sweep-record";

/** Longer than any attempt, any clock that is wrong, and a weekend's look at what a dry run said. */
export const orphanDelayMs = 24 * 3_600_000;

export interface SweepOptions {
  /** Says what would be deleted and deletes nothing. */
  dryRun: boolean;
  /** Of all that is found only these: what a person has looked at. */
  only?: ReadonlySet<string>;
  /** Objects that appeared later than this long ago are left alone. */
  minAgeMs?: number;
  signal?: AbortSignal;
  /** Called before each delete; where a test lets something happen in between. */
  onOrphan?: (key: string) => Promise<void> | void;
}

export interface SweepReport {
  orphans: { key: string; episodeId: string; sizeBytes: number; modifiedAt: Date }[];
  orphanBytes: number;
  deleted: number;
  /** Without a chunk, but too young, or of an attempt that may still commit. */
  waiting: number;
  /** Without a chunk, and nothing says where they come from: for a person to look at, never deleted. */
  unexplained: string[];
}

/**
 * Finds objects that no chunk points at, what attempts left that were cut short, and deletes them (I8).
 *
 * No chunk ever loses its object by this (I7), and no lock is needed for it. A commit under epoch e needs the lease of epoch
 * e. Epochs only grow, so once the record shows a later epoch, or none held, epoch e never commits again: what it was going
 * to commit, it has. The key carries epoch and content, so no other epoch points at this object either. Hence the order of
 * `isOrphan`: first see that the epoch is over, then that no chunk has the key. That answer cannot change any more.
 */
export async function sweepOrphans(scope: WorkspaceScope, options: SweepOptions): Promise<SweepReport> {
  const { dryRun, only, minAgeMs = orphanDelayMs, signal, onOrphan } = options;
  const report: SweepReport = { orphans: [], orphanBytes: 0, deleted: 0, waiting: 0, unexplained: [] };
  const store = objectStore();
  const cutoff = new Date(Date.now() - minAgeMs);
  for await (const object of unclaimedObjects(scope)) {
    if (signal?.aborted) break;
    if (only && !only.has(object.key)) continue;
    const parsed = parseChunkKey(scope.workspaceId, object.key);
    if (!parsed) {
      report.unexplained.push(object.key);
      continue;
    }
    if (object.modifiedAt >= cutoff) {
      report.waiting++;
      continue;
    }
    await onOrphan?.(object.key);
    const verdict = await judge(scope, object.key, parsed);
    if (verdict === "unexplained") report.unexplained.push(object.key);
    if (verdict === "waiting") report.waiting++;
    if (verdict !== "orphan") continue;
    if (!dryRun) {
      await store.delete(object.key);
      report.deleted++;
    }
    const { key, sizeBytes, modifiedAt } = object;
    report.orphans.push({ key, episodeId: parsed.episodeId, sizeBytes, modifiedAt });
    report.orphanBytes += sizeBytes;
  }
  if (report.deleted > 0) await noteSweep(scope, report);
  // One that was cut short has not seen what it did not come to.
  if (!signal?.aborted) await recordSweep(scope, report, dryRun);
  return report;
}

/** Objects of the workspace that no chunk claims at the moment of listing. The next look decides; this one saves it the others. */
async function* unclaimedObjects(scope: WorkspaceScope): AsyncGenerator<ObjectInfo> {
  let episode: string | null = null;
  let claimed = new Set<string>();
  for await (const object of objectStore().list(workspacePrefix(scope.workspaceId))) {
    const parsed = parseChunkKey(scope.workspaceId, object.key);
    if (parsed && parsed.episodeId !== episode) {
      // Keys come in order, so an episode's objects come one behind the other.
      episode = parsed.episodeId;
      claimed = await claimedKeys(scope, episode);
    }
    if (!parsed || !claimed.has(object.key)) yield object;
  }
}

async function claimedKeys(scope: WorkspaceScope, episodeId: string): Promise<Set<string>> {
  const chunks = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId }, { projection: { src: 1 } })
    .sort({ chunkNumber: 1 })
    .toArray();
  return new Set(chunks.map(({ src }) => src));
}

async function judge(
  scope: WorkspaceScope,
  key: string,
  { episodeId, epoch }: { episodeId: string; epoch: number },
): Promise<"orphan" | "claimed" | "waiting" | "unexplained"> {
  const record = await findRecord(scope, episodeId);
  if (!record) {
    // Without a record nothing commits. But a database that was set back must not cost the archive its objects, so only
    // a deletion that is on record explains them.
    const deletion = await scoped(scope).collection(logDeletions).findOne({ episodeId });
    return deletion ? "orphan" : "unexplained";
  }
  // An epoch that was never given out: a database that was set back, again.
  if (epoch > record.leaseEpoch) return "unexplained";
  // Also when it has expired: a late holder nobody replaced may still commit.
  if (record.archiveLease?.epoch === epoch) return "waiting";
  const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId, src: key });
  return chunk ? "claimed" : "orphan";
}

async function noteSweep(
  scope: WorkspaceScope,
  { deleted, orphanBytes, orphans }: SweepReport,
): Promise<void> {
  const after = { deleted, bytes: orphanBytes, keys: orphans.slice(0, 100).map(({ key }) => key) };
  await audited(scope, async () => ({
    act: { action: "archive.sweep_orphans", resourceType: "workspace", resourceId: scope.workspaceId, after },
    result: null,
  }));
}

/** What a sweep would delete now, the oldest first. */
export async function previewSweep(scope: WorkspaceScope, signal?: AbortSignal): Promise<SweepReport> {
  const report = await sweepOrphans(scope, { dryRun: true, signal });
  report.orphans.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
  return report;
}

/** Deletes of the objects that a person was shown those that are orphans still; one that has appeared since stays. */
export async function sweepNow(
  scope: WorkspaceScope,
  { keys }: { keys: string[] },
): Promise<{ ok: true; message: string; report: SweepReport }> {
  const report = await sweepOrphans(scope, { dryRun: false, only: new Set(keys) });
  const { deleted, orphanBytes } = report;
  const spared = keys.length - deleted;
  const left =
    spared === 0
      ? ""
      : ` ${formatPlural(spared, "object")} that ${spared === 1 ? "was" : "were"} listed ${spared === 1 ? "is" : "are"} no orphan any more.`;
  return {
    ok: true,
    message: `Deleted ${formatPlural(deleted, "object")}, ${formatBytes(orphanBytes)}.${left}`,
    report,
  };
}
