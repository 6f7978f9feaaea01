import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks, type ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import type { ReadEntry } from "../entry-line";
import { type Gap, missingIn, overlap, type Span, withoutSpans } from "../spans";
import { indexesOf } from "./chunk-index";
import { explainChunkless } from "./expired-rows";
import { type Member, readMember } from "./read-member";

export interface ColdRows {
  entries: ReadEntry[];
  gaps: Gap[];
}

/** The entries of an archived range, ascending, with a gap for every number that has none. */
export async function readColdRange(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
): Promise<ColdRows> {
  const result: ColdRows = { entries: [], gaps: [] };
  const chunks = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId, startSequence: { $lte: whole.to }, endSequence: { $gte: whole.from } })
    .sort({ startSequence: 1 })
    .toArray();
  let next = whole.from;
  for (const chunk of chunks) {
    // Of a chunk that reaches into its neighbour only the rest is read: whatever is wrong with it, no number comes twice.
    const span = overlap({ from: next, to: whole.to }, spanOf(chunk));
    if (!span) continue;
    add(result, await readChunkRange(scope, chunk, span));
    next = span.to + 1n;
  }
  result.gaps.push(...(await explainChunkless(scope, episodeId, withoutSpans(whole, chunks.map(spanOf)))));
  return result;
}

async function readChunkRange(scope: WorkspaceScope, chunk: LogChunk, span: Span): Promise<ColdRows> {
  const result: ColdRows = { entries: [], gaps: [] };
  const members = await membersOf(scope, chunk);
  for (const member of members) {
    const part = overlap(span, memberSpan(member));
    if (part) add(result, await readMemberRange(scope, chunk, member, part));
  }
  for (const part of withoutSpans(span, members.map(memberSpan))) {
    const { chunkNumber } = chunk;
    result.gaps.push({
      ...part,
      reason: "missing",
      chunkNumber,
      detail: `The index of chunk ${chunkNumber} is gone.`,
    });
  }
  return result;
}

/** The part of a member that a reader wants. */
export async function readMemberRange(
  scope: WorkspaceScope,
  chunk: LogChunk,
  member: Member,
  span: Span,
): Promise<ColdRows> {
  const { chunkNumber } = chunk;
  const read = await readMember(scope, chunk, member, span);
  if (!read.ok)
    return { entries: [], gaps: [{ ...span, reason: read.reason, chunkNumber, detail: read.detail }] };
  const { entries } = read;
  const absent = missingIn(
    span,
    entries.map(({ seq }) => seq),
  );
  return { entries, gaps: absent.flatMap((part) => explain(chunk, part)) };
}

/** A number that is in no verified member was never written; the chunk lists those. Anything else would be a loss. */
function explain(chunk: LogChunk, span: Span): Gap[] {
  const { chunkNumber } = chunk;
  const known = chunk.tombstones.flatMap((tombstone) => overlap(span, tombstone) ?? []);
  return [
    ...known.map((part): Gap => {
      const detail = "Given to a writer that died before it wrote them.";
      return { ...part, reason: "never_written", chunkNumber, detail };
    }),
    ...withoutSpans(span, known).map((part): Gap => {
      return {
        ...part,
        reason: "missing",
        chunkNumber,
        detail: `Chunk ${chunkNumber} does not hold these rows.`,
      };
    }),
  ];
}

export async function membersOf(scope: WorkspaceScope, chunk: ReadableChunk): Promise<Member[]> {
  const indexes = await indexesOf(scope, [chunk]);
  return indexes.get(String(chunk._id))?.members ?? [];
}

export function memberSpan(member: Member): Span {
  return { from: member.startSequence, to: member.endSequence };
}

function spanOf(chunk: LogChunk): Span {
  return { from: chunk.startSequence, to: chunk.endSequence };
}

function add(total: ColdRows, part: ColdRows): void {
  total.entries.push(...part.entries);
  total.gaps.push(...part.gaps);
}
