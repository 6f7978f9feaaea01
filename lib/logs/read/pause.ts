import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize } from "../batch-figures";
import type { PauseSearch } from "../places";
import type { LogRow } from "../schema";
import { larger, type Span, smaller } from "../spans";
import { findRecord, readSpan } from "./page";

/** A place is slow when the next row takes this many times as long as rows of this episode usually do. */
const timesUsual = 20;
/** Below this nobody waits: a tenth of a second in a short stream, a second in a long one. */
const leastMs = 100;
const leastMsOfMany = 1_000;
const many = 100_000n;

const blocksSampled = 25;
const blocksLookedAt = 5_000;
const rowsPerRead = 1_000n;
const mostRowsRead = 20_000n;

export interface PauseRequest {
  /** The row to begin at: forward, the first that may end a pause; backward, the last. */
  from: bigint;
  direction: "forward" | "backward";
}

/**
 * The next place where rows stop coming for a while. Blocks whose first and last row are closer than that have no such place
 * and are not read; the work of one answer is bounded, and `next` says where it goes on. Null when there is no such episode.
 */
export async function findPause(
  scope: WorkspaceScope,
  episodeId: string,
  request: PauseRequest,
): Promise<PauseSearch | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const thresholdMs = await thresholdOf(scope, record);
  const answer = (next: bigint | null, found: PauseSearch["found"] = null): PauseSearch => ({
    found,
    thresholdMs,
    next: next?.toString() ?? null,
  });
  const whole = rangeOf(record, request);
  if (!whole) return answer(null);
  const { spans, looked } = await candidates(scope, record, whole, request.direction, thresholdMs);
  let read = 0n;
  for (const span of spans) {
    if (read >= mostRowsRead) return answer(request.direction === "forward" ? span.from : span.to);
    read += span.to - span.from + 1n;
    const { rows } = await readSpan(scope, record, { from: larger(0n, span.from - 1n), to: span.to });
    const found = pauseIn(rows, thresholdMs, request.direction);
    if (found) return answer(null, found);
  }
  return answer(looked);
}

/**
 * Twenty times the usual distance of two rows: the median of blocks spread over the episode, so that one night without rows,
 * or one row from 1970, does not make every pause look short. The same wherever one asks.
 */
async function thresholdOf(
  scope: WorkspaceScope,
  { episodeId, nextSequenceNumber }: LogMetadata,
): Promise<number> {
  const least = nextSequenceNumber > many ? leastMsOfMany : leastMs;
  const last = Number((nextSequenceNumber - 1n) / blockSize);
  const sample = Array.from({ length: blocksSampled }, (_, i) =>
    Math.round((i / (blocksSampled - 1)) * last),
  );
  const blocks = await scoped(scope)
    .collection(logBlocks)
    .find(
      { episodeId, block: { $in: [...new Set(sample)] } },
      { projection: { block: 1, startTime: 1, endTime: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ block: 1 })
    .toArray();
  const distances = blocks
    .map(({ startTime, endTime }) => (endTime.getTime() - startTime.getTime()) / Number(blockSize))
    .sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)] ?? 0;
  return Math.max(least, Math.round(usual * timesUsual));
}

function rangeOf({ nextSequenceNumber }: LogMetadata, { from, direction }: PauseRequest): Span | null {
  const newest = nextSequenceNumber - 1n;
  const span =
    direction === "forward"
      ? { from: larger(from, 1n), to: newest }
      : { from: 1n, to: smaller(from, newest) };
  return span.from <= span.to ? span : null;
}

interface Candidates {
  /** Stretches that may hold a pause, in the direction of the search. */
  spans: Span[];
  /** Where looking goes on behind them; null when everything was looked at. */
  looked: bigint | null;
}

async function candidates(
  scope: WorkspaceScope,
  { episodeId }: LogMetadata,
  whole: Span,
  direction: PauseRequest["direction"],
  thresholdMs: number,
): Promise<Candidates> {
  const forward = direction === "forward";
  const first = Number(whole.from / blockSize);
  const last = Number(whole.to / blockSize);
  const low = forward ? first : Math.max(first, last - blocksLookedAt + 1);
  const high = forward ? Math.min(last, first + blocksLookedAt - 1) : last;
  const blocks = await scoped(scope)
    .collection(logBlocks)
    .find(
      { episodeId, block: { $gte: Math.max(0, low - 1), $lte: high } },
      { projection: { block: 1, startTime: 1, endTime: 1 }, maxTimeMS: 10_000 },
    )
    .sort({ block: 1 })
    .toArray();
  const spans: Span[] = [];
  let before = blocks[0];
  for (const block of blocks) {
    if (block.block >= low) {
      // Also the step into the block: late rows may make either block longer than it looks, never shorter.
      const start = before ? Math.min(before.startTime.getTime(), block.startTime.getTime()) : 0;
      if (block.endTime.getTime() - start >= thresholdMs) spans.push(spanOf(block.block, whole));
    }
    before = block;
  }
  const behind = forward ? BigInt(high + 1) * blockSize : BigInt(low) * blockSize - 1n;
  const looked = behind >= whole.from && behind <= whole.to ? behind : null;
  const pieces = joined(spans);
  return { spans: forward ? pieces : pieces.reverse(), looked };
}

function spanOf(block: number, whole: Span): Span {
  const from = BigInt(block) * blockSize;
  return { from: larger(from, whole.from), to: smaller(from + blockSize - 1n, whole.to) };
}

/** Neighbours together, as far as one read goes. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && last.to + 1n === span.from && span.to - last.from < rowsPerRead) last.to = span.to;
    else result.push({ ...span });
  }
  return result;
}

/** Only neighbours are compared: where rows between them are missing, nobody knows whether they came. */
function pauseIn(
  rows: LogRow[],
  thresholdMs: number,
  direction: PauseRequest["direction"],
): PauseSearch["found"] {
  const pauses = rows.flatMap((row, index) => {
    const before = rows[index - 1];
    if (row.kind !== "entry" || before?.kind !== "entry") return [];
    const pauseMs = Date.parse(row.at) - Date.parse(before.at);
    return pauseMs >= thresholdMs ? [{ seq: row.seq, pauseMs }] : [];
  });
  return (direction === "forward" ? pauses[0] : pauses.at(-1)) ?? null;
}
