import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { expireChunk, finishExpired } from "./expire";
import { alignMarks } from "./marks";
import { getRetention } from "./policy";

const chunksPerRound = 100;

/** What the retention of a workspace has to do now: mark, delete what was marked long enough ago, finish what was cut short. */
export async function retentionRound(
  scope: WorkspaceScope,
  signal?: AbortSignal,
): Promise<{ marked: number; expired: number; more: boolean }> {
  const stores = scoped(scope);
  const unfinished = await stores
    .collection(logExpired)
    .find({ objectDeleted: false })
    .sort({ expiredAt: 1 })
    .limit(chunksPerRound)
    .toArray();
  for (const left of unfinished) await finishExpired(scope, left);
  const { marked } = await alignMarks(scope, await getRetention(scope));
  const due = await stores
    .collection(logChunks)
    .find({ deleteAfter: { $lte: new Date() } })
    .sort({ deleteAfter: 1, chunkNumber: 1 })
    .limit(chunksPerRound)
    .toArray();
  let expired = 0;
  for (const chunk of due) {
    if (signal?.aborted) break;
    if ((await expireChunk(scope, chunk)) === "expired") expired++;
  }
  return { marked, expired, more: due.length === chunksPerRound && expired > 0 };
}
