import "server-only";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { findRecord } from "@/lib/logs/read/page";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { audited } from "../audit-outbox";
import { askedToVerify } from "./cadence";

export interface DueChunks {
  workspaceId: string;
  episodeId: string;
  chunkNumbers: number[];
}

/** Chunks looked up at once; a round takes of them what its bytes allow. */
const candidates = 500;

/** An object that the store did not give is asked for again after that time, and the others have their turn meanwhile. */
const unreadPauseMs = 15 * 60_000;

/**
 * Chunks that nobody has looked at since `before`, the longest-unseen first, as far as `maxBytes` reach (but at least one).
 * Where a scrub was cut short needs no record of its own: each chunk says when it was looked at.
 */
export async function findDueChunks(
  scope: PlatformScope,
  before: Date,
  maxBytes: number,
): Promise<DueChunks[]> {
  const chunks = acrossWorkspaces(scope, logChunks);
  const fields = { workspaceId: 1, episodeId: 1, chunkNumber: 1, sizeBytes: 1, checkedAt: 1, verifiedAt: 1 };
  const givenLately = { $not: { $gt: new Date(Date.now() - unreadPauseMs) } };
  const never = await chunks
    .find(
      { checkedAt: { $exists: false }, verifiedAt: { $lt: before }, unreadAt: givenLately },
      { projection: fields },
    )
    .sort({ verifiedAt: 1 })
    .limit(candidates)
    .toArray();
  const again = await chunks
    .find({ checkedAt: { $lt: before }, unreadAt: givenLately }, { projection: fields })
    .sort({ checkedAt: 1 })
    .limit(candidates)
    .toArray();
  const oldest = [...never, ...again].sort((a, b) => seenAt(a) - seenAt(b));
  return grouped(withinBytes(oldest, maxBytes));
}

/**
 * Puts every chunk of an episode, or only these, at the head of the queue, because somebody wants to know now. False: no such
 * episode.
 */
export async function askForScrub(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumbers?: readonly number[],
): Promise<boolean> {
  if (!(await findRecord(scope, episodeId))) return false;
  // Not in one transaction: to look at a chunk once more than somebody asked for does no harm.
  await scoped(scope)
    .collection(logChunks)
    .updateMany(
      { episodeId, ...(chunkNumbers && { chunkNumber: { $in: [...chunkNumbers] } }) },
      { $set: { checkedAt: askedToVerify } },
    );
  const after = chunkNumbers && { chunks: [...chunkNumbers] };
  const act = { after, action: "archive.verify_now", resourceType: "log_episode", resourceId: episodeId };
  await audited(scope, async () => ({ act, result: true }));
  return true;
}

type Candidate = Pick<
  LogChunk,
  "workspaceId" | "episodeId" | "chunkNumber" | "sizeBytes" | "checkedAt" | "verifiedAt"
>;

function seenAt({ checkedAt, verifiedAt }: Candidate): number {
  return (checkedAt ?? verifiedAt).getTime();
}

function withinBytes(chunks: Candidate[], maxBytes: number): Candidate[] {
  let bytes = 0;
  return chunks.filter((chunk, index) => {
    bytes += Number(chunk.sizeBytes);
    return index === 0 || bytes <= maxBytes;
  });
}

function grouped(chunks: Candidate[]): DueChunks[] {
  const episodes = new Map<string, DueChunks>();
  for (const { workspaceId, episodeId, chunkNumber } of chunks) {
    const key = `${workspaceId}/${episodeId}`;
    const known = episodes.get(key);
    if (known) known.chunkNumbers.push(chunkNumber);
    else episodes.set(key, { workspaceId, episodeId, chunkNumbers: [chunkNumber] });
  }
  return [...episodes.values()];
}
