import "server-only";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { blockSize } from "../batch-figures";
import { fromLine } from "../entry-line";
import { logLevels } from "../level";
import { overlap, type Span } from "../spans";
import { newTally, noLevels, type Tally, tallyRow } from "./tally";

export interface ColdTally extends Tally {
  chunks: number;
  objectBytes: number;
  rawBytes: number;
  orphans: string[];
}

/** I3, I4, I7: chunks abut up to archivedThrough, and every object decodes to exactly the rows its record names. */
export async function inspectChunks(
  scope: WorkspaceScope,
  record: LogMetadata,
  tombstones: Span[],
  problems: string[],
): Promise<ColdTally> {
  const { episodeId, archivedThrough } = record;
  const tally: ColdTally = { ...newTally(), chunks: 0, objectBytes: 0, rawBytes: 0, orphans: [] };
  const keys = new Set<string>();
  let next = 0n;
  for await (const chunk of scoped(scope)
    .collection(logChunks)
    .find({ episodeId })
    .sort({ chunkNumber: 1 })) {
    const name = `Chunk ${chunk.chunkNumber}`;
    if (chunk.chunkNumber !== tally.chunks)
      problems.push(`${name} stands where chunk ${tally.chunks} should.`);
    if (chunk.startSequence !== next)
      problems.push(`${name} starts at ${chunk.startSequence} instead of ${next}.`);
    next = chunk.endSequence + 1n;
    tally.chunks++;
    tally.objectBytes += Number(chunk.sizeBytes);
    tally.rawBytes += Number(chunk.rawBytes);
    keys.add(chunk.src);
    for (const problem of await inspectObject(scope, chunk, tombstones, tally))
      problems.push(`${name}: ${problem}`);
  }
  if (next !== archivedThrough + 1n)
    problems.push(`Chunks reach to ${next - 1n}, the record says ${archivedThrough}.`);
  for await (const { key } of objectStore().list(episodePrefix(scope.workspaceId, episodeId))) {
    if (!keys.has(key)) tally.orphans.push(key);
  }
  return tally;
}

async function inspectObject(
  scope: WorkspaceScope,
  chunk: LogChunk,
  tombstones: Span[],
  tally: Tally,
): Promise<string[]> {
  const bytes = await objectStore().get(chunk.src);
  if (!bytes) return [`its object ${chunk.src} is gone`];
  if (sha256(bytes) !== chunk.sha256) return [`its object ${chunk.src} fails its checksum`];
  const problems: string[] = [];
  const own = newTally();
  // All members in one go, as any other tool would read the file.
  const seqs = gunzipSync(bytes)
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const row = fromLine(line);
      tallyRow(own, row, blockSize);
      tallyRow(tally, row, blockSize);
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
  return [...problems, ...(await inspectIndex(scope, chunk, bytes))];
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
  if (offset !== bytes.length || next !== chunk.endSequence + 1n)
    problems.push("its members do not cover it");
  if (logLevels.some((level) => BigInt(levels[level]) !== chunk.levelCounts[level])) {
    problems.push("the level counts of its members differ from its own");
  }
  return problems;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
