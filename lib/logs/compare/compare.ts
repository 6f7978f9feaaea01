import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { TemplateGroups } from "../patterns/groups";
import { rowsOf, sourcesOf, type TemplateSource } from "../patterns/sources";
import { findRecord } from "../read/page";
import { findDivergence } from "./divergence";
import { withFirstRows, worstFirst } from "./first-rows";
import { type ComparedRows, compareTemplates } from "./groups";
import type { ComparedTask, ComparedTemplate, Comparison } from "./schema";
import { tasksOf } from "./tasks-of";
import { templateStream } from "./template-stream";

/** Rows of each side in which a divergence is looked for: it bounds what one comparison reads. */
const rowLimit = 100_000;
/** Templates of one list; nobody reads more, and an answer stays small. */
const mostListed = 500;

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
  const [sourcesA, sourcesB, tasks] = await Promise.all([
    sourcesOf(scope, recordA),
    sourcesOf(scope, recordB),
    tasksOf(scope, [recordA, recordB]),
  ]);
  const groups = new TemplateGroups([...sourcesA, ...sourcesB].map(({ templates }) => templates));
  const compared = compareTemplates(groups, sourcesA, sourcesB);
  const streamOf = ({ episodeId, nextSequenceNumber }: LogMetadata) =>
    templateStream(scope, episodeId, nextSequenceNumber - 1n, groups);
  const listed = (templates: ComparedTemplate[]) =>
    withFirstRows(
      scope,
      { a: episodeA, b: episodeB },
      compared.firstSequences,
      templates.slice(0, mostListed),
    );
  const [onlyA, onlyB, both, divergence] = await Promise.all([
    listed(compared.onlyA),
    listed(compared.onlyB),
    listed(compared.both),
    findDivergence(streamOf(recordA), streamOf(recordB), rowLimit),
  ]);
  return {
    a: sideOf(recordA, sourcesA, tasks),
    b: sideOf(recordB, sourcesB, tasks),
    onlyA: worstFirst(onlyA),
    onlyB: worstFirst(onlyB),
    both,
    unlisted: unlistedOf(compared),
    divergence,
    rowLimit,
    exact: [...sourcesA, ...sourcesB].every(({ known }) => known),
    asOf: new Date().toISOString(),
  };
}

function sideOf(
  record: LogMetadata,
  sources: TemplateSource[],
  tasks: ReadonlyMap<string, ComparedTask>,
): Comparison["a"] {
  return {
    episodeId: record.episodeId,
    rows: sources.reduce((sum, source) => sum + rowsOf(source), 0),
    other: sources.reduce((sum, { other }) => sum + other, 0),
    nextSequenceNumber: record.nextSequenceNumber.toString(),
    firstAt: record.firstLogAt?.toISOString() ?? null,
    lastAt: record.lastLogAt?.toISOString() ?? null,
    task: tasks.get(record.episodeId) ?? null,
  };
}

function unlistedOf({ onlyA, onlyB, both }: ComparedRows): Comparison["unlisted"] {
  const rest = [onlyA, onlyB, both].flatMap((templates) => templates.slice(mostListed));
  return {
    templates: rest.length,
    a: rest.reduce((sum, { a }) => sum + a, 0),
    b: rest.reduce((sum, { b }) => sum + b, 0),
  };
}
