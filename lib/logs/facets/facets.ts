import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { rowsOf, sourcesOf, type TemplateSource } from "../patterns/sources";
import { findRecord } from "../read/page";
import { mergeFields } from "./merge-fields";
import { isRecounting, recountChunks } from "./recount";
import type { FacetList } from "./schema";

/**
 * Which values the metadata of an episode has, and in how many rows: archived rows as they were counted when they were
 * archived, those in MongoDB as they are counted now. Chunks that nobody counted yet are counted behind the answer.
 * Null when there is no such episode.
 */
export async function getFacets(scope: WorkspaceScope, episodeId: string): Promise<FacetList | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const sources = await sourcesOf(scope, record);
  const chunks = sources.filter(({ chunkNumber }) => chunkNumber !== undefined);
  const uncounted = chunks.filter(({ facets }) => !facets);
  if (uncounted.length > 0) recountChunks(scope, episodeId, uncounted);
  return {
    facets: mergeFields(sources),
    rows: sumOf(sources),
    counted: sumOf(sources.filter(({ facets }) => facets)),
    chunks: { total: chunks.length, counted: chunks.length - uncounted.length },
    counting: isRecounting(scope, episodeId),
    asOf: new Date().toISOString(),
  };
}

function sumOf(sources: readonly TemplateSource[]): number {
  return sources.reduce((sum, source) => sum + rowsOf(source), 0);
}
