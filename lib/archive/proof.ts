import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { outsiderCommand } from "./check-command";
import { unreadableRowsOf } from "./chunk-list";
import { findHold } from "./hold";
import { buildManifest } from "./manifest/manifest";
import { getRetention } from "./retention/policy";
import type { ArchiveProof, ProofDeletion } from "./schema";
import { lookedAt } from "./scrub/cadence";

const patience = { maxTimeMS: 10_000 };

/** What the archive of an episode can prove; null when there is no such episode, or nothing of it is archived. */
export async function getArchiveProof(
  scope: WorkspaceScope,
  episodeId: string,
): Promise<ArchiveProof | null> {
  const manifest = await buildManifest(scope, episodeId);
  if (!manifest || manifest.chunks === 0) return null;
  const fields = { chunkNumber: 1, state: 1, damage: 1, logCount: 1, verifiedAt: 1, checkedAt: 1 };
  const chunks = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId }, { projection: fields, ...patience })
    .sort({ chunkNumber: 1 })
    .toArray();
  const broken = chunks.filter(({ state }) => state !== "verified");
  const looks = chunks.map((chunk) => lookedAt(chunk).getTime());
  return {
    chunks: chunks.length,
    validChunks: chunks.length - broken.length,
    brokenAt: broken[0]?.chunkNumber ?? null,
    rows: chunks.reduce((sum, { logCount }) => sum + logCount, 0),
    unreadableRows: broken.reduce((sum, chunk) => sum + unreadableRowsOf(chunk), 0),
    head: manifest.head,
    checkedSince: looks.length > 0 ? new Date(Math.min(...looks)).toISOString() : null,
    manifest: { fileName: manifest.fileName, bytes: Buffer.byteLength(manifest.text) },
    command: outsiderCommand(scope.workspaceId, episodeId, manifest.fileName),
    deletion: await getProofDeletion(scope, episodeId),
  };
}

async function getProofDeletion(scope: WorkspaceScope, episodeId: string): Promise<ProofDeletion> {
  const stores = scoped(scope);
  const marked = { episodeId, deleteAfter: { $exists: true } };
  const [policy, hold, chunks, first] = await Promise.all([
    getRetention(scope),
    findHold(stores, episodeId),
    stores.collection(logChunks).countDocuments(marked, patience),
    stores
      .collection(logChunks)
      .findOne(marked, { sort: { deleteAfter: 1 }, projection: { deleteAfter: 1 }, ...patience }),
  ]);
  return {
    keptDays: policy?.days ?? null,
    hold: hold && {
      reason: hold.reason,
      placedAt: hold.placedAt.toISOString(),
      ofWorkspace: hold.episodeId === null,
    },
    marked: first?.deleteAfter ? { chunks, first: first.deleteAfter.toISOString() } : null,
  };
}
