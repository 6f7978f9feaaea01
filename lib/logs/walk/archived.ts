import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { noteAccess } from "../read/chunk-notes";
import { type ColdRows, memberSpan, membersOf, readColdRange, readMemberRange } from "../read/cold-rows";
import { fetchMembers, type Member, openMember } from "../read/open-member";
import { inOrder } from "../search/in-order";
import { overlap, type Span, withoutSpans } from "../spans";
import { runsOf } from "./lines";
import { inNumberOrder, lineOf, type Piece, piecesFrom } from "./piece";

export interface ArchivedOptions {
  /** Members that hold nothing of interest, by their figures. */
  skip?: (member: Member) => boolean;
  signal?: AbortSignal;
}

/** One request to the object store: members that lie side by side, so that the store answers once for many of them. */
interface Stretch {
  chunk: LogChunk;
  members: Member[];
}
/** Numbers that no chunk or no index leads to. */
interface Unknown {
  unknown: Span;
}
interface Packed {
  chunk: LogChunk;
  member: Member;
  packed: Buffer | null;
}

const bytesPerRequest = 2 * 1024 * 1024;
const requestsAhead = 2;
const membersAhead = 4;
const chunksPerRead = 50;

/**
 * The archived rows of `span` as the very lines that were archived, in order. Bytes are passed on only when their checksum is
 * right (I4). Whatever else comes up is left to the page reader, so that a damaged range has one explanation everywhere.
 * What is held at any time is bounded by the constants above, however long the range.
 */
export async function* readArchived(
  scope: WorkspaceScope,
  episodeId: string,
  span: Span,
  options: ArchivedOptions = {},
): AsyncGenerator<Piece> {
  const stretches = stretchesOf(scope, episodeId, span, options);
  const fetched = inOrder(stretches, requestsAhead, async (stretch) =>
    "unknown" in stretch ? stretch : { stretch, bytes: await bytesOf(scope, stretch, options.signal) },
  );
  const unpacked = inOrder(membersIn(fetched), membersAhead, async (part) =>
    "unknown" in part ? part : { ...part, lines: await linesOf(part) },
  );
  for await (const part of unpacked) {
    options.signal?.throwIfAborted();
    if ("unknown" in part) yield* explained(await readColdRange(scope, episodeId, part.unknown));
    else yield* piecesOf(scope, part, span);
  }
}

async function* piecesOf(
  scope: WorkspaceScope,
  { chunk, member, lines }: Packed & { lines: Buffer | null },
  whole: Span,
): AsyncGenerator<Piece> {
  const span = overlap(whole, memberSpan(member));
  if (!span) return;
  const runs = lines ? runsOf(lines, memberSpan(member), span) : [];
  const [first] = runs;
  if (first && runs.length === 1 && first.first === span.from && first.last === span.to) {
    yield { kind: "lines", ...first };
    return;
  }
  const read = await readMemberRange(scope, chunk, member, span);
  if (runs.length === 0) yield* explained(read);
  else yield* inNumberOrder([...runs.map((run): Piece => ({ kind: "lines", ...run })), ...gapsOf(read)]);
}

async function* stretchesOf(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
  { skip = () => false }: ArchivedOptions,
): AsyncGenerator<Stretch | Unknown> {
  let position = whole.from;
  while (position <= whole.to) {
    const chunks = await scoped(scope)
      .collection(logChunks)
      .find({ episodeId, startSequence: { $lte: whole.to }, endSequence: { $gte: position } })
      .sort({ startSequence: 1 })
      .limit(chunksPerRead)
      .toArray();
    for (const chunk of chunks) {
      if (chunk.endSequence < position) continue;
      if (chunk.startSequence > position) yield { unknown: { from: position, to: chunk.startSequence - 1n } };
      const span = overlap(
        { from: position, to: whole.to },
        { from: chunk.startSequence, to: chunk.endSequence },
      );
      if (span) yield* stretchesIn(chunk, await membersOf(scope, chunk), span, skip);
      position = chunk.endSequence + 1n;
    }
    if (chunks.length < chunksPerRead) break;
  }
  if (position <= whole.to) yield { unknown: { from: position, to: whole.to } };
}

function* stretchesIn(
  chunk: LogChunk,
  members: Member[],
  span: Span,
  skip: (member: Member) => boolean,
): Generator<Stretch | Unknown> {
  let open: Member[] = [];
  for (const member of members) {
    const wanted = overlap(span, memberSpan(member)) !== null && !skip(member);
    const [first] = open;
    const last = open.at(-1);
    const fits =
      first &&
      last &&
      last.offset + last.length === member.offset &&
      member.offset + member.length - first.offset <= bytesPerRequest;
    if (first && (!wanted || !fits)) {
      yield { chunk, members: open };
      open = [];
    }
    if (wanted) open.push(member);
  }
  if (open.length > 0) yield { chunk, members: open };
  // A chunk whose index is gone, or does not reach over all of it.
  for (const unknown of withoutSpans(span, members.map(memberSpan))) yield { unknown };
}

/** Null when the store does not give them; the page reader then finds out what is the matter. */
async function bytesOf(
  scope: WorkspaceScope,
  { chunk, members }: Stretch,
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  const fetched = await fetchMembers(chunk, members, signal);
  if (!fetched.ok) return null;
  await noteAccess(scope, chunk);
  return fetched.bytes;
}

async function* membersIn(
  stretches: AsyncIterable<Unknown | { stretch: Stretch; bytes: Buffer | null }>,
): AsyncGenerator<Packed | Unknown> {
  for await (const part of stretches) {
    if ("unknown" in part) {
      yield part;
      continue;
    }
    const { chunk, members } = part.stretch;
    const start = members[0]?.offset ?? 0;
    for (const member of members) {
      const at = member.offset - start;
      yield { chunk, member, packed: part.bytes?.subarray(at, at + member.length) ?? null };
    }
  }
}

async function linesOf({ chunk, member, packed }: Packed): Promise<Buffer | null> {
  const opened = packed && (await openMember(chunk, member, packed));
  return opened?.ok ? opened.lines : null;
}

function explained(read: ColdRows): Piece[] {
  const rows = read.entries.map((entry) => ({ seq: entry.seq, line: lineOf(entry) }));
  return inNumberOrder([...piecesFrom(rows), ...gapsOf(read)]);
}

function gapsOf({ gaps }: ColdRows): Piece[] {
  return gaps.map((gap) => ({ kind: "gap", gap }));
}
