import "server-only";
import { setTimeout } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import type { TemplateSource } from "../patterns/row-figures";
import { readSource } from "../patterns/sources";

/** How long one request may keep chunks being counted behind it; a reader who still looks asks again. */
const budgetMs = 10_000;
/** After each chunk the process has as much time for others, up to this. */
const longestPauseMs = 5_000;
const templatesKept = 50;
/** A chunk that cannot be counted now is not read again for each request. */
const retryMs = 10 * 60_000;
const mostRemembered = 10_000;

const running = new Set<string>();
const failed = new Map<string, number>();

export function isRecounting(scope: WorkspaceScope, episodeId: string): boolean {
  return running.has(keyOf(scope, episodeId));
}

/**
 * Counts chunks that were archived before their fields were counted, newest first, and keeps the figures. Each is read once
 * in its life. One count at a time for an episode, one stretch of rows at a time, and never longer than the budget.
 */
export function recountChunks(
  scope: WorkspaceScope,
  episodeId: string,
  chunks: readonly TemplateSource[],
): void {
  const key = keyOf(scope, episodeId);
  const now = Date.now();
  const wanted = chunks.filter((chunk) => (failed.get(`${key} ${chunk.chunkNumber}`) ?? 0) < now);
  if (running.has(key) || wanted.length === 0) return;
  running.add(key);
  void recountWithin(scope, episodeId, wanted.toReversed())
    .catch((error) => console.error(`The chunks of ${episodeId} could not be counted:`, error))
    .finally(() => running.delete(key));
}

async function recountWithin(
  scope: WorkspaceScope,
  episodeId: string,
  chunks: readonly TemplateSource[],
): Promise<void> {
  const until = Date.now() + budgetMs;
  for (const chunk of chunks) {
    const since = Date.now();
    if (since > until) return;
    if (!(await recount(scope, episodeId, chunk))) forget(`${keyOf(scope, episodeId)} ${chunk.chunkNumber}`);
    await setTimeout(Math.min(longestPauseMs, Date.now() - since));
  }
}

/** False when rows of the chunk cannot be read: figures of a part of them would pass for those of all. */
export async function recount(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to, chunkNumber }: TemplateSource,
): Promise<boolean> {
  const { source, settled } = await readSource(scope, episodeId, { from, to });
  if (!source?.facets || source.slotWidth === undefined || !settled) return false;
  const { facets, slotWidth } = source;
  const templates = source.templates.slice(0, templatesKept);
  const rest = source.templates.slice(templatesKept).reduce((sum, { count }) => sum + count, source.other);
  await scoped(scope)
    .collection(logChunkIndex)
    .updateOne(
      { episodeId, chunkNumber, facets: { $exists: false } },
      { $set: { recount: { templates, otherTemplates: rest, slotWidth, facets } } },
    );
  return true;
}

function forget(chunk: string): void {
  if (failed.size >= mostRemembered) failed.clear();
  failed.set(chunk, Date.now() + retryMs);
}

function keyOf({ workspaceId }: WorkspaceScope, episodeId: string): string {
  return `${workspaceId} ${episodeId}`;
}
