import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { findRecord } from "../read/page";
import { asksForNothing, type LogQuery } from "../search/query";
import { larger } from "../spans";
import { hitLines } from "../walk/hit-lines";
import { TemplateGroups } from "./groups";
import { patternsOf } from "./pattern-counts";
import { previousEpisode } from "./previous-run";
import type { NewSince, Pattern, PatternList } from "./schema";
import { mostRowsRead, readSources, rowsOf, sourcesOf, type TemplateSource } from "./sources";

/** Patterns that a list shows; the rows of rarer ones are in `other`. */
const mostPatterns = 200;
/** Without a run to compare with, what begins in the last part of an episode is new. */
const newPart = { percent: 10, atLeastRows: 200 };

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
  const asked = !asksForNothing(query);
  const sources = asked ? await hitSources(scope, record, query) : await sourcesOf(scope, record);
  const news = await newsOf(scope, record, sources);
  return listOf(record, sources, news, asked ? beforeNewest(record) : null);
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

interface News {
  since: NewSince | null;
  isNew: (pattern: Pick<Pattern, "template" | "first">) => boolean;
}

/** Which patterns somebody has not seen before: beside the run before, or else beside what came before in the episode. */
async function newsOf(
  scope: WorkspaceScope,
  record: LogMetadata,
  sources: readonly TemplateSource[],
): Promise<News> {
  const previous = await previousEpisode(scope, record);
  if (previous) {
    const before = await sourcesOf(scope, previous.record);
    const groups = new TemplateGroups([...sources, ...before].map(({ templates }) => templates));
    const old = new Set(
      before.flatMap(({ templates }) => templates.map(({ template }) => groups.of(template)?.template)),
    );
    return {
      since: { kind: "run", runId: previous.runId, episodeId: previous.record.episodeId },
      isNew: ({ template }) => !old.has(groups.of(template)?.template),
    };
  }
  const end = Number(record.nextSequenceNumber);
  if (end < newPart.atLeastRows) return { since: null, isNew: () => false };
  const start = end * (1 - newPart.percent / 100);
  return {
    since: { kind: "part", percent: newPart.percent },
    isNew: ({ first }) => first.exact && Number(first.sequence) >= start,
  };
}

function listOf(
  { nextSequenceNumber }: LogMetadata,
  sources: readonly TemplateSource[],
  { since, isNew }: News,
  note: string | null,
): PatternList {
  const rows = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  const unread = sources.reduce((sum, source) => sum + (source.known ? 0 : source.other), 0);
  const shown = patternsOf(sources, nextSequenceNumber).slice(0, mostPatterns);
  return {
    patterns: shown.map((pattern) => ({ ...pattern, isNew: isNew(pattern) })),
    other: rows - shown.reduce((sum, { count }) => sum + count, 0),
    unread,
    rows,
    nextSequenceNumber: nextSequenceNumber.toString(),
    newSince: since,
    exact: note === null && unread === 0,
    note: note ?? (unread > 0 ? `${unread.toLocaleString("en")} rows were not looked at.` : null),
    asOf: new Date().toISOString(),
  };
}
