import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { blockSize, type LevelTally, noTally } from "@/lib/logs/batch-figures";
import { logLevels } from "@/lib/logs/level";
import { memberSpan, membersOf, readMemberRange } from "@/lib/logs/read/cold-rows";
import { findRecord, readSpan } from "@/lib/logs/read/page";
import { overlap, type Span } from "@/lib/logs/spans";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import { logBlocks } from "@/lib/mongo/collections/log-episodes";
import type { Scoped } from "@/lib/mongo/scoped";

/** What the end of a chunk changes in the counts per block of numbers. */
export interface BlockChange {
  /** Blocks that lie in the chunk with all their numbers, first to last. */
  whole: { first: number; last: number };
  /** Blocks that reach beyond it. */
  edges: ({ block: number; less: LevelTally } | { block: number; left: LevelTally })[];
}

/**
 * Counts the chunk's rows in the blocks at its two ends. Done before the chunk ends, from rows that never change. Where its
 * object is damaged, what the rest of the block holds is counted instead.
 */
export async function blockChangeOf(scope: WorkspaceScope, chunk: LogChunk): Promise<BlockChange> {
  const whole = { from: chunk.startSequence, to: chunk.endSequence };
  const [firstBlock, lastBlock] = [whole.from / blockSize, whole.to / blockSize];
  const reachesBeyond = [...new Set([firstBlock, lastBlock])].filter((block) => {
    const { from, to } = spanOfBlock(block);
    return from < whole.from || to > whole.to;
  });
  const edges = await Promise.all(reachesBeyond.map((block) => edgeOf(scope, chunk, block)));
  return {
    whole: {
      first: Number(reachesBeyond.includes(firstBlock) ? firstBlock + 1n : firstBlock),
      last: Number(reachesBeyond.includes(lastBlock) ? lastBlock - 1n : lastBlock),
    },
    edges,
  };
}

/** Applies the change in the transaction that ends the chunk. */
export async function changeBlocks(
  tx: Scoped,
  episodeId: string,
  { whole, edges }: BlockChange,
): Promise<void> {
  const blocks = tx.collection(logBlocks);
  if (whole.first <= whole.last)
    await blocks.deleteMany({ episodeId, block: { $gte: whole.first, $lte: whole.last } });
  for (const edge of edges) {
    const fields = (tally: LevelTally, sign: bigint) =>
      Object.fromEntries(logLevels.map((level) => [`levelCounts.${level}`, sign * tally[level]]));
    await blocks.updateOne(
      { episodeId, block: edge.block },
      "less" in edge ? { $inc: fields(edge.less, -1n) } : { $set: fields(edge.left, 1n) },
    );
  }
  const empty = Object.fromEntries(logLevels.map((level) => [`levelCounts.${level}`, 0n]));
  await blocks.deleteMany({ episodeId, block: { $in: edges.map(({ block }) => block) }, ...empty });
}

async function edgeOf(
  scope: WorkspaceScope,
  chunk: LogChunk,
  block: bigint,
): Promise<BlockChange["edges"][number]> {
  const span = spanOfBlock(block);
  const part = overlap(span, { from: chunk.startSequence, to: chunk.endSequence });
  const less = part && (await countInChunk(scope, chunk, part));
  if (less) return { block: Number(block), less };
  const before = { from: span.from, to: chunk.startSequence - 1n };
  const after = { from: chunk.endSequence + 1n, to: span.to };
  const left = noTally();
  for (const rest of [before, after]) await countBeside(scope, chunk.episodeId, rest, left);
  return { block: Number(block), left };
}

/** Null when not every row of the part can be read. */
async function countInChunk(scope: WorkspaceScope, chunk: LogChunk, part: Span): Promise<LevelTally | null> {
  const tally = noTally();
  for (const member of await membersOf(scope, chunk)) {
    const wanted = overlap(part, memberSpan(member));
    if (!wanted) continue;
    const { entries, gaps } = await readMemberRange(scope, chunk, member, wanted);
    if (gaps.some(({ reason }) => reason !== "never_written")) return null;
    for (const { level } of entries) tally[level] += 1n;
  }
  return tally;
}

async function countBeside(
  scope: WorkspaceScope,
  episodeId: string,
  { from, to }: Span,
  tally: LevelTally,
): Promise<void> {
  const record = await findRecord(scope, episodeId);
  const span = record && overlap({ from, to }, { from: 0n, to: record.nextSequenceNumber - 1n });
  if (!span) return;
  const { rows } = await readSpan(scope, record, span);
  for (const row of rows) if (row.kind === "entry") tally[row.level] += 1n;
}

function spanOfBlock(block: bigint): Span {
  return { from: block * blockSize, to: block * blockSize + blockSize - 1n };
}
