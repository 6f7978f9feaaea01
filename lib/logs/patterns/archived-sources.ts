import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import {
  type LogChunk,
  type LogChunkIndex,
  logChunkIndex,
  logChunks,
} from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { KeptFigures } from "./kept-figures";
import type { TemplateSource } from "./row-figures";

type ChunkFigures = Pick<LogChunkIndex, "templates" | "otherTemplates" | "slotWidth" | "facets" | "recount">;

const figureFields = { templates: 1, otherTemplates: 1, slotWidth: 1, facets: 1, recount: 1 };
/** Templates and values of fields, of some hundred bytes each. */
const known = new KeptFigures<ChunkFigures>(60_000);

/** The archived part, from what archiving kept of each chunk: no object is read. */
export async function archivedSources(scope: WorkspaceScope, episodeId: string): Promise<TemplateSource[]> {
  const chunks = await scoped(scope)
    .collection(logChunks)
    .find({ episodeId }, { maxTimeMS: 10_000 })
    .sort({ startSequence: 1 })
    .toArray();
  const figures = await figuresOf(scope, chunks);
  return chunks.map((chunk) => sourceOf(chunk, figures.get(String(chunk._id)) ?? {}));
}

function sourceOf(chunk: LogChunk, figures: ChunkFigures): TemplateSource {
  // What was counted later is there only where something was not counted when the chunk was archived.
  const { templates, otherTemplates, slotWidth, facets } = figures.recount ?? figures;
  return {
    from: chunk.startSequence,
    to: chunk.endSequence,
    startTime: chunk.startTime,
    endTime: chunk.endTime,
    chunkNumber: chunk.chunkNumber,
    templates: templates ?? [],
    // A chunk from before templates were kept counts as rows that were not looked at.
    other: templates ? (otherTemplates ?? 0) : chunk.logCount,
    known: templates !== undefined,
    ...(slotWidth !== undefined && { slotWidth }),
    ...(facets && { facets }),
  };
}

/** The figures of a chunk never change once they are whole, so they are read once. */
async function figuresOf(scope: WorkspaceScope, chunks: LogChunk[]): Promise<Map<string, ChunkFigures>> {
  const figures = new Map<string, ChunkFigures>();
  for (const { _id } of chunks) {
    const kept = known.get(String(_id));
    if (kept) figures.set(String(_id), kept);
  }
  const unknown = chunks.filter(({ _id }) => !figures.has(String(_id)));
  if (unknown.length === 0) return figures;
  const found = scoped(scope)
    .collection(logChunkIndex)
    .find(
      { _id: { $in: unknown.map(({ _id }) => _id) } },
      { projection: figureFields, maxTimeMS: 10_000, batchSize: 50 },
    )
    .sort({ _id: 1 });
  for await (const { _id, ...rest } of found) {
    const { templates, otherTemplates, slotWidth, facets, recount } = rest;
    const chunk = { templates, otherTemplates, slotWidth, facets, recount };
    figures.set(String(_id), chunk);
    if (facets || recount) known.keep(String(_id), chunk, weightOf(chunk));
  }
  return figures;
}

function weightOf({ templates = [], facets, recount }: ChunkFigures): number {
  const fields = [...(facets?.fields ?? []), ...(recount?.facets.fields ?? [])];
  const values = fields.reduce((sum, field) => sum + 1 + field.values.length, 0);
  return 1 + templates.length + (recount?.templates.length ?? 0) + values;
}
