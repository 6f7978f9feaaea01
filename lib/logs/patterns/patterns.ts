import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { findRecord } from "../read/page";
import { asksForNothing, type LogQuery } from "../search/query";
import { larger } from "../spans";
import { hitLines } from "../walk/hit-lines";
import { TemplateGroups } from "./groups";
import type { Pattern, PatternList } from "./schema";
import {
  archivedSources,
  mostRowsRead,
  readSources,
  rowsOf,
  storedSources,
  type TemplateSource,
} from "./sources";

/** Patterns that a list shows; the rows of rarer ones are in `other`. */
const mostPatterns = 200;

/**
 * What an episode is made of: its message templates with their counts, which add up to its rows. The archived part comes from
 * what archiving counted, the part in MongoDB is looked at now. With a query, the newest rows are looked at wherever they lie.
 * Null when there is no such episode.
 */
export async function getPatterns(
  scope: WorkspaceScope,
  episodeId: string,
  query: LogQuery,
): Promise<PatternList | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  if (!asksForNothing(query)) return listOf(await hitSources(scope, record, query), beforeNewest(record));
  return listOf(await sourcesOf(scope, record), null);
}

export async function sourcesOf(scope: WorkspaceScope, record: LogMetadata): Promise<TemplateSource[]> {
  const archived = await archivedSources(scope, record.episodeId);
  // Chunks are never taken back, so what was archived while we looked is in `archived` and not counted again.
  const through = archived.at(-1)?.to ?? record.archivedThrough;
  const now = (await findRecord(scope, record.episodeId)) ?? record;
  const stored = await storedSources(scope, {
    ...now,
    archivedThrough: larger(through, record.archivedThrough),
  });
  return [...archived, ...stored];
}

async function hitSources(
  scope: WorkspaceScope,
  { episodeId, nextSequenceNumber }: LogMetadata,
  query: LogQuery,
): Promise<TemplateSource[]> {
  const hitsIn = hitLines(query);
  const keep = (lines: Buffer) => hitsIn(lines).map(({ line }) => line);
  const to = nextSequenceNumber - 1n;
  return readSources(scope, episodeId, { from: larger(0n, to - mostRowsRead + 1n), to }, keep);
}

function beforeNewest({ nextSequenceNumber }: LogMetadata): string | null {
  if (nextSequenceNumber <= mostRowsRead) return null;
  return `Only the newest ${mostRowsRead.toLocaleString("en")} rows were looked at.`;
}

function listOf(sources: TemplateSource[], note: string | null): PatternList {
  const rows = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  const unread = sources.reduce((sum, source) => sum + (source.known ? 0 : source.other), 0);
  const patterns = patternsOf(sources, rows);
  const shown = patterns.slice(0, mostPatterns);
  return {
    patterns: shown,
    other: rows - shown.reduce((sum, { count }) => sum + count, 0),
    rows,
    exact: note === null && unread === 0,
    note: note ?? (unread > 0 ? `${unread.toLocaleString("en")} rows were not looked at.` : null),
    asOf: new Date().toISOString(),
  };
}

function patternsOf(sources: TemplateSource[], rows: number): Pattern[] {
  const groups = new TemplateGroups(sources.map(({ templates }) => templates));
  const seen = new Map<string, { first: Pattern["first"]; last: Pattern["last"] }>();
  for (const source of sources) {
    for (const { template, firstSequence } of source.templates) {
      const group = groups.of(template);
      if (!group) throw new Error(`No group holds the template ${template}`);
      const { startTime, endTime, to } = source;
      const alone = source.from === to;
      const first = { sequence: firstSequence.toString(), at: startTime.toISOString(), exact: alone };
      const last = { sequence: to.toString(), at: endTime.toISOString(), exact: alone };
      seen.set(group.template, { first: seen.get(group.template)?.first ?? first, last });
    }
  }
  return groups.templates.map(({ id, template, count }) => {
    const sightings = seen.get(template);
    if (!sightings) throw new Error(`The template ${template} was seen nowhere`);
    return { id, template, count, share: rows === 0 ? 0 : count / rows, ...sightings };
  });
}
