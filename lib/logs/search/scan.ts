import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import { fromLine, type ReadEntry } from "../entry-line";
import { noteAccess, noteDamage } from "../read/chunk-notes";
import { memberSpan } from "../read/cold-rows";
import { findEnded } from "../read/expired-rows";
import { fetchMembers, type Member, openMember, type Unreadable } from "../read/open-member";
import { readRestored } from "../read/restored-rows";
import { type Gap, smaller } from "../spans";
import type { SearchCost } from "./cost";
import { hitsAmong } from "./match";
import { candidateLines, prefilterFor } from "./prefilter";
import type { LogQuery } from "./query";

/** Members of a chunk that lie one behind the other, fetched in one read. */
export interface Slice {
  chunk: LogChunk;
  members: Member[];
  /** Rows before this one are another chunk's. */
  from: bigint;
  bytes: number;
}

/** What a slice holds, newest first. */
export interface SliceHits {
  slice: Slice;
  found: ({ hit: ReadEntry } | { gap: Gap })[];
  /** Every row of the slice from here on was looked at; the limit may end a slice before its first row. */
  backTo: bigint;
  ms: number;
}

interface Scan {
  query: LogQuery;
  /** Rows behind this one are not looked at. */
  position: bigint;
  limit: number;
  cost: SearchCost;
  signal: AbortSignal;
}

/** Rows that the matcher looks at in one go: a pattern's time limit costs something each time it is set. */
const decidedAtOnce = 200;
/** Members of a slice that are unpacked at once. Twice as many as Node has threads for it, so that none of them waits for us. */
const unpackedAtOnce = 8;

/** Reads slices: the query is prepared once. */
export function scannerFor(
  scope: WorkspaceScope,
  { query, position, limit, cost, signal }: Scan,
): (slice: Slice) => Promise<SliceHits> {
  const prefilter = prefilterFor(query);
  const select = hitsAmong(query);

  return async (slice) => {
    const since = performance.now();
    const { chunk, members } = slice;
    signal.throwIfAborted();
    cost.objectsRead++;
    const fetched = await fetchMembers(chunk, members, signal);
    if (fetched.ok) cost.bytesRead += fetched.bytes.length;
    void noteAccess(scope, chunk);

    const found: SliceHits["found"] = [];
    let candidates: ReadEntry[] = [];
    const decide = () => {
      for (const hit of select(candidates)) {
        if (hit.seq >= slice.from && hit.seq <= position) found.push({ hit });
      }
      candidates = [];
    };
    const newestFirst = members.toReversed();
    let backTo = members.at(-1)?.endSequence ?? 0n;
    const opening: ReturnType<typeof open>[] = [];
    const open = async (member: Member) => {
      if (!fetched.ok) return fetched;
      const start = member.offset - (members[0]?.offset ?? 0);
      return openMember(chunk, member, fetched.bytes.subarray(start, start + member.length));
    };
    for (const [index, member] of newestFirst.entries()) {
      while (opening.length < unpackedAtOnce && index + opening.length < newestFirst.length) {
        const next = newestFirst[index + opening.length];
        if (next) opening.push(open(next));
      }
      const opened = await opening.shift();
      signal.throwIfAborted();
      if (!opened) break;
      // A lost member may be back in MongoDB for a while.
      const entries = opened.ok
        ? candidateLines(opened.lines, prefilter).map(fromLine)
        : await readRestored(scope, chunk, memberSpan(member));
      if (entries) candidates.push(...entries.toReversed());
      if (candidates.length >= decidedAtOnce || !entries || member === members[0]) decide();
      if (!entries && !opened.ok) found.push({ gap: await gapOf(scope, chunk, member, opened, position) });
      backTo = member.startSequence;
      if (found.length >= limit) break;
    }
    await Promise.allSettled(opening);
    return { slice, found, backTo, ms: performance.now() - since };
  };
}

async function gapOf(
  scope: WorkspaceScope,
  chunk: LogChunk,
  member: Member,
  { reason, detail }: Unreadable,
  position: bigint,
): Promise<Gap> {
  const span = memberSpan(member);
  const { chunkNumber } = chunk;
  const part = { from: span.from, to: smaller(span.to, position), chunkNumber };
  // Retention may have ended the chunk since the search found its record.
  const ended = reason === "missing" ? await findEnded(scope, chunk) : null;
  if (ended) return { ...part, reason: ended.reason, detail: ended.detail };
  if (reason !== "unreadable") await noteDamage(scope, chunk, span, reason);
  return { ...part, reason, detail };
}
