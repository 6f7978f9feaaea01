import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { LogExpired } from "@/lib/mongo/collections/log-deletions";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { blockSize } from "../batch-figures";
import { fromLine } from "../entry-line";
import { logLevels } from "../level";
import { listChunkPlaces } from "../read/chunk-places";
import { overlap, type Span } from "../spans";
import { chainNext, chainStart } from "./chain";
import { addTally, newTally, noLevels, type Tally, tallyRow } from "./tally";

export interface ColdTally extends Tally {
  /** Every chunk the episode ever had; those that expired are among them, and their rows are in no other figure here. */
  chunks: number;
  damagedChunks: number;
  objectBytes: number;
  rawBytes: number;
  /** Chunks whose object could not be counted, with what their records say: one loss is one problem, not one per counter. */
  unread: LogChunk[];
  expired: (Span & { chunkNumber: number; rows: number; expiredAt: Date })[];
  orphans: string[];
  /** The link of the last chunk (chain.ts); null before the first one. */
  chainHead: string | null;
}

/** What a chunk's object held when it was read. A chunk never changes, so looking at an episode again reads no object again. */
export type Inspected = Map<string, InspectedObject>;

interface InspectedObject {
  own: Tally;
  problems: string[];
  unread: boolean;
}

export interface ColdOptions {
  inspected?: Inspected;
  signal?: AbortSignal;
  onChunk?: (checked: number, chunks: number) => void;
}

const unpack = promisify(gunzip);

/** I3, I4, I7: chunks abut up to archivedThrough, and every object decodes to exactly the rows its record names. */
export async function inspectChunks(
  scope: WorkspaceScope,
  record: LogMetadata,
  tombstones: Span[],
  problems: string[],
  { inspected = new Map(), signal, onChunk }: ColdOptions = {},
): Promise<ColdTally> {
  const { episodeId, archivedThrough } = record;
  const places = await listChunkPlaces(scope, episodeId);
  const tally = newColdTally();
  const keys = new Set<string>();
  let next = 0n;
  let link = chainStart(episodeId);
  for (const place of places) {
    signal?.throwIfAborted();
    const { chunk } = place;
    const name = `Chunk ${chunk.chunkNumber}`;
    if (chunk.chunkNumber !== tally.chunks)
      problems.push(`${name} stands where chunk ${tally.chunks} should.`);
    if (chunk.startSequence !== next)
      problems.push(`${name} starts at ${chunk.startSequence} instead of ${next}.`);
    next = chunk.endSequence + 1n;
    link = chainNext(link, chunk);
    tally.chunks++;
    keys.add(chunk.src);
    if (place.expired) noteExpired(tally, place.chunk);
    else {
      const key = `${chunk._id} ${chunk.src}`;
      const known = inspected.get(key) ?? (await inspectObject(scope, place.chunk, tombstones));
      inspected.set(key, known);
      if (known.unread) tally.unread.push(place.chunk);
      addTally(tally, known.own);
      tally.objectBytes += Number(chunk.sizeBytes);
      tally.rawBytes += Number(place.chunk.rawBytes);
      if (place.chunk.state !== "verified") tally.damagedChunks++;
      for (const problem of known.problems) problems.push(`${name}: ${problem}`);
    }
    onChunk?.(tally.chunks, places.length);
  }
  if (next !== archivedThrough + 1n)
    problems.push(`Chunks reach to ${next - 1n}, the record says ${archivedThrough}.`);
  if (tally.chunks > 0) tally.chainHead = link;
  for await (const { key } of objectStore().list(episodePrefix(scope.workspaceId, episodeId))) {
    if (!keys.has(key)) tally.orphans.push(key);
  }
  return tally;
}

function newColdTally(): ColdTally {
  return {
    ...newTally(),
    chunks: 0,
    damagedChunks: 0,
    objectBytes: 0,
    rawBytes: 0,
    unread: [],
    expired: [],
    orphans: [],
    chainHead: null,
  };
}

function noteExpired(tally: ColdTally, chunk: LogExpired): void {
  const { startSequence: from, endSequence: to, chunkNumber, logCount: rows, expiredAt } = chunk;
  tally.expired.push({ from, to, chunkNumber, rows, expiredAt });
}

async function inspectObject(
  scope: WorkspaceScope,
  chunk: LogChunk,
  tombstones: Span[],
): Promise<InspectedObject> {
  const own = newTally();
  const bytes = await objectStore().get(chunk.src);
  if (!bytes) return { own, problems: [`its object ${chunk.src} is gone`], unread: true };
  if (sha256(bytes) !== chunk.sha256)
    return { own, problems: [`its object ${chunk.src} fails its checksum`], unread: true };
  const problems: string[] = [];
  // All members in one go, as any other tool would read the file.
  const seqs = (await unpack(bytes))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const row = fromLine(line);
      tallyRow(own, row, blockSize);
      return row.seq;
    });
  const range = { from: chunk.startSequence, to: chunk.endSequence };
  const absent = tombstones.flatMap((span) => overlap(range, span) ?? []);
  const expected =
    Number(range.to - range.from) + 1 - absent.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0);
  if (seqs.length !== expected || chunk.logCount !== expected) {
    problems.push(
      `it holds ${seqs.length} rows, its record says ${chunk.logCount}, its range says ${expected}`,
    );
  }
  if (seqs.some((seq, index) => index > 0 && seq <= (seqs[index - 1] ?? -1n)))
    problems.push("its rows are out of order");
  if (logLevels.some((level) => BigInt(own.levels[level]) !== chunk.levelCounts[level])) {
    problems.push("its level counts differ from its rows");
  }
  if (own.firstAt !== chunk.startTime.getTime() || own.lastAt !== chunk.endTime.getTime()) {
    problems.push("its times are not the earliest and latest of its rows");
  }
  return { own, problems: [...problems, ...(await inspectIndex(scope, chunk, bytes))], unread: false };
}

async function inspectIndex(scope: WorkspaceScope, chunk: LogChunk, bytes: Buffer): Promise<string[]> {
  const index = await scoped(scope).collection(logChunkIndex).findOne({ _id: chunk._id });
  if (!index) return ["it has no member index"];
  const problems: string[] = [];
  const levels = noLevels();
  let offset = 0;
  let next = chunk.startSequence;
  for (const member of index.members) {
    const part = bytes.subarray(member.offset, member.offset + member.length);
    if (member.offset !== offset || member.startSequence !== next)
      problems.push(`a member starts amiss at ${next}`);
    if (sha256(part) !== member.sha256)
      problems.push(`the member at ${member.startSequence} fails its checksum`);
    for (const level of logLevels) levels[level] += Number(member.levelCounts[level]);
    offset += member.length;
    next = member.endSequence + 1n;
  }
  // What follows the members of a chunk with a footer holds no row: unpacked with them, it gave none above.
  const covered = chunk.format === undefined ? offset === bytes.length : offset < bytes.length;
  if (!covered || next !== chunk.endSequence + 1n) problems.push("its members do not cover it");
  if (logLevels.some((level) => BigInt(levels[level]) !== chunk.levelCounts[level])) {
    problems.push("the level counts of its members differ from its own");
  }
  return problems;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
