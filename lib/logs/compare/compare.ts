import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { TemplateGroups } from "../patterns/groups";
import { sourcesOf } from "../patterns/patterns";
import { rowsOf, type TemplateSource } from "../patterns/sources";
import { findRecord } from "../read/page";
import { findDivergence } from "./divergence";
import type { ComparedTemplate, Comparison } from "./schema";
import { templateStream } from "./template-stream";

/** Rows of each side in which a divergence is looked for: it bounds what one comparison reads. */
const rowLimit = 100_000;

/**
 * Two episodes of a workspace, by message template: what only one of them says, what one says more often, and the first row at
 * which they part. The same two episodes always give the same answer. Null when either is not there.
 */
export async function compareEpisodes(
  scope: WorkspaceScope,
  episodeA: string,
  episodeB: string,
): Promise<Comparison | null> {
  const [recordA, recordB] = await Promise.all([findRecord(scope, episodeA), findRecord(scope, episodeB)]);
  if (!recordA || !recordB) return null;
  const [sourcesA, sourcesB] = await Promise.all([sourcesOf(scope, recordA), sourcesOf(scope, recordB)]);
  const groups = new TemplateGroups([...sourcesA, ...sourcesB].map(({ templates }) => templates));
  const [countsA, countsB] = [countBy(groups, sourcesA), countBy(groups, sourcesB)];
  const templates = groups.templates.map(({ id, template }): ComparedTemplate => {
    return { id, template, a: countsA.get(template) ?? 0, b: countsB.get(template) ?? 0 };
  });
  const streamOf = ({ episodeId, nextSequenceNumber }: LogMetadata) =>
    templateStream(scope, episodeId, nextSequenceNumber - 1n, groups);
  return {
    a: sideOf(recordA, sourcesA),
    b: sideOf(recordB, sourcesB),
    onlyA: templates.filter(({ a, b }) => a > 0 && b === 0).sort((one, other) => other.a - one.a),
    onlyB: templates.filter(({ a, b }) => b > 0 && a === 0).sort((one, other) => other.b - one.b),
    both: templates.filter(({ a, b }) => a > 0 && b > 0).sort(byDifference),
    divergence: await findDivergence(streamOf(recordA), streamOf(recordB), rowLimit),
    rowLimit,
    exact: [...sourcesA, ...sourcesB].every(({ known }) => known),
    asOf: new Date().toISOString(),
  };
}

function countBy(groups: TemplateGroups, sources: TemplateSource[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { template, count } of sources.flatMap(({ templates }) => templates)) {
    const group = groups.of(template)?.template ?? template;
    counts.set(group, (counts.get(group) ?? 0) + count);
  }
  return counts;
}

function sideOf({ episodeId }: LogMetadata, sources: TemplateSource[]): Comparison["a"] {
  const rows = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  return { episodeId, rows, other: sources.reduce((sum, { other }) => sum + other, 0) };
}

function byDifference(one: ComparedTemplate, other: ComparedTemplate): number {
  const difference = Math.abs(other.a - other.b) - Math.abs(one.a - one.b);
  return difference || other.a + other.b - (one.a + one.b) || (one.template < other.template ? -1 : 1);
}
