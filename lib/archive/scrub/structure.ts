import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type ChunkPlace, listChunkPlaces } from "@/lib/logs/read/chunk-places";
import { findRecord } from "@/lib/logs/read/page";
import { type Problem, problemIn } from "./problem";

type Place = ChunkPlace["chunk"];

/**
 * Chunks beside each other (I3): every number once from 0 on, ranges that abut up to archivedThrough, an object each. The
 * archiver and the retention go on meanwhile, so the record is read before and after: a chunk must be there when both say
 * so, and is one too many when both say so.
 */
export async function inspectStructure(scope: WorkspaceScope, episodeId: string): Promise<Problem[]> {
  const before = await findRecord(scope, episodeId);
  const places = (await listChunkPlaces(scope, episodeId)).map(({ chunk }) => chunk);
  const after = await findRecord(scope, episodeId);
  if (!before || !after) return [];
  return [
    ...numberProblems(places, before.totalChunks, after.totalChunks),
    ...rangeProblems(places, before.archivedThrough),
    ...objectProblems(places),
  ];
}

function numberProblems(places: Place[], atLeast: number, atMost: number): Problem[] {
  const problems: Problem[] = [];
  const byNumber = grouped(places, ({ chunkNumber }) => chunkNumber);
  for (let number = 0; number < atLeast; number++) {
    if (byNumber.has(number)) continue;
    problems.push(
      problemIn("number_missing", { chunkNumber: number }, null, `Chunk ${number} has no record.`),
    );
  }
  for (const [chunkNumber, those] of byNumber) {
    if (those.length > 1) {
      const sentence = `${those.length} records claim to be chunk ${chunkNumber}.`;
      problems.push(problemIn("number_collision", { chunkNumber }, null, sentence));
    }
    if (chunkNumber >= atMost || chunkNumber < 0) {
      const sentence = `Chunk ${chunkNumber} stands beyond the ${atMost} chunks that the episode's record counts.`;
      problems.push(problemIn("number_beyond", { chunkNumber }, null, sentence));
    }
  }
  return problems;
}

function rangeProblems(places: Place[], archivedThrough: bigint): Problem[] {
  const problems: Problem[] = [];
  let next = 0n;
  for (const place of places.toSorted(byRange)) {
    const { startSequence: from, endSequence: to, chunkNumber } = place;
    if (from < next) {
      const span = { from, to: to < next ? to : next - 1n };
      const sentence = `Chunk ${chunkNumber} overlaps another one: rows ${span.from} to ${span.to} stand in both.`;
      problems.push(problemIn("overlap", place, span, sentence));
    }
    if (from > next) problems.push(gap(next, from - 1n, `before chunk ${chunkNumber}`));
    if (to >= next) next = to + 1n;
  }
  if (next <= archivedThrough) problems.push(gap(next, archivedThrough, "behind the last chunk"));
  return problems;
}

function gap(from: bigint, to: bigint, where: string): Problem {
  return problemIn("gap", null, { from, to }, `Rows ${from} to ${to}, ${where}, stand in no chunk.`);
}

function objectProblems(places: Place[]): Problem[] {
  return [...grouped(places, ({ src }) => src)].flatMap(([src, those]) => {
    const [, second] = those;
    if (!second) return [];
    const numbers = those.map(({ chunkNumber }) => chunkNumber).join(" and ");
    return [problemIn("shared_object", second, null, `Chunks ${numbers} point at one object, ${src}.`)];
  });
}

function grouped<K>(places: Place[], keyOf: (place: Place) => K): Map<K, Place[]> {
  const groups = new Map<K, Place[]>();
  for (const place of places) groups.set(keyOf(place), [...(groups.get(keyOf(place)) ?? []), place]);
  return groups;
}

function byRange(a: Place, b: Place): number {
  if (a.startSequence !== b.startSequence) return a.startSequence < b.startSequence ? -1 : 1;
  return a.chunkNumber - b.chunkNumber;
}
