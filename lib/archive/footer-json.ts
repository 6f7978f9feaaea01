import { z } from "zod";
import { logLevels } from "@/lib/logs/level";
import type { ChunkIndex } from "./footer";
import { tallyOf } from "./level-histogram";

/*
 * The index of a chunk as JSON. One spelling only, so that two indexes are equal exactly when their texts are: numbers that
 * may be large as digits in strings, times as milliseconds, counts in the order of the levels.
 */

type Levels = ChunkIndex["members"][number]["levelCounts"];

export function indexToJson(index: ChunkIndex): string {
  const { rawBytes, tombstones, members, bloom, histogram, templates = [], otherTemplates = 0 } = index;
  const { slotWidth, facets } = index;
  return JSON.stringify({
    rawBytes,
    tombstones: tombstones.map(({ from, to }) => [String(from), String(to)]),
    members: members.map((member) => [
      member.offset,
      member.length,
      String(member.startSequence),
      String(member.endSequence),
      member.startTime.getTime(),
      member.endTime.getTime(),
      countsOf(member.levelCounts),
      member.sha256,
    ]),
    bloom: bloom && [bloom.offset, bloom.pageBytes, bloom.pages, bloom.hashes, bloom.tokens],
    histogram: histogram && [
      histogram.widthMs,
      histogram.buckets.map(({ start, levelCounts }) => [start.getTime(), countsOf(levelCounts)]),
    ],
    templates: templates.map(({ template, count, firstSequence, id, seen }) => [
      id,
      template,
      count,
      String(firstSequence),
      ...(seen
        ? [String(seen.lastSequence), seen.firstAt.getTime(), seen.lastAt.getTime(), seen.levels, seen.slots]
        : []),
    ]),
    otherTemplates,
    // Chunks that were archived before these were counted do not have them.
    slotWidth,
    facets: facets && [
      facets.complete,
      facets.fields.map(({ path, rows, values }) => [
        path,
        rows,
        values.map(({ value, count }) => [value, count]),
      ]),
    ],
  });
}

/** Throws when the text is not the index of a chunk. */
export function indexFromJson(text: string): ChunkIndex {
  const { members, bloom, histogram, slotWidth, facets, ...rest } = indexJson.parse(JSON.parse(text));
  return {
    ...rest,
    members,
    ...(bloom && { bloom }),
    ...(histogram && { histogram }),
    ...(slotWidth !== undefined && { slotWidth }),
    ...(facets && { facets }),
  };
}

function countsOf(levels: Levels): number[] {
  return logLevels.map((level) => Number(levels[level]));
}

const count = z.int().min(0);
const sequence = z.string().regex(/^\d+$/).transform(BigInt);
const time = z.int().transform((milliseconds) => new Date(milliseconds));
const counts = z.array(count).length(logLevels.length).transform(tallyOf);

const templateParts = [z.string(), z.string(), count, sequence] as const;

function toTemplate([id, template, rows, firstSequence]: readonly [string, string, number, bigint]) {
  return { id, template, count: rows, firstSequence };
}

const indexJson = z.object({
  rawBytes: count,
  tombstones: z.array(z.tuple([sequence, sequence]).transform(([from, to]) => ({ from, to }))),
  members: z.array(
    z
      .tuple([count, count, sequence, sequence, time, time, counts, z.string().regex(/^[0-9a-f]{64}$/)])
      .transform(([offset, length, startSequence, endSequence, startTime, endTime, levelCounts, sha256]) => {
        return { offset, length, startSequence, endSequence, startTime, endTime, levelCounts, sha256 };
      }),
  ),
  bloom: z
    .tuple([count, count, count, count, count])
    .transform(([offset, pageBytes, pages, hashes, tokens]) => ({ offset, pageBytes, pages, hashes, tokens }))
    .optional(),
  histogram: z
    .tuple([count, z.array(z.tuple([time, counts]))])
    .transform(([widthMs, buckets]) => {
      return { widthMs, buckets: buckets.map(([start, levelCounts]) => ({ start, levelCounts })) };
    })
    .optional(),
  templates: z.array(
    z.union([
      z.tuple(templateParts).transform(toTemplate),
      z
        .tuple([...templateParts, sequence, time, time, z.array(count), z.array(count)])
        .transform(([id, template, rows, first, lastSequence, firstAt, lastAt, levels, slots]) => ({
          ...toTemplate([id, template, rows, first]),
          seen: { lastSequence, firstAt, lastAt, levels, slots },
        })),
    ]),
  ),
  otherTemplates: count,
  slotWidth: count.optional(),
  facets: z
    .tuple([
      z.boolean(),
      z.array(
        z
          .tuple([
            z.string(),
            count,
            z.array(z.tuple([z.string(), count]).transform(([value, rows]) => ({ value, count: rows }))),
          ])
          .transform(([path, rows, values]) => ({ path, rows, values })),
      ),
    ])
    .transform(([complete, fields]) => ({ complete, fields }))
    .optional(),
});
