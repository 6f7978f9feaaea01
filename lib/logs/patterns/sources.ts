import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { fromLine } from "../entry-line";
import { findRecord } from "../read/page";
import { type Gap, larger, type Span, smaller } from "../spans";
import { textLines } from "../walk/lines";
import { walkEpisode } from "../walk/walk";
import { archivedSources } from "./archived-sources";
import { KeptFigures } from "./kept-figures";
import { RowFigures, rowsOf, type TemplateSource } from "./row-figures";

export { rowsOf, type TemplateSource } from "./row-figures";

/** Rows that are looked at afresh for one answer; the newest ones, when there are more. */
export const mostRowsRead = 50_000n;
/** Rows are counted in stretches that begin at multiples of this, so that those before the newest are counted once. */
const rowsPerStretch = 5_000n;

const counted = new KeptFigures<TemplateSource | null>(40_000);

/** All rows of an episode as stretches that were counted, in order: archived ones when they were archived, the others now. */
export async function sourcesOf(scope: WorkspaceScope, record: LogMetadata): Promise<TemplateSource[]> {
  const archived = await archivedSources(scope, record.episodeId);
  // Chunks are never taken back, so what was archived while we looked is in `archived` and not counted again.
  const through = larger(archived.at(-1)?.to ?? -1n, record.archivedThrough);
  const now = (await findRecord(scope, record.episodeId)) ?? record;
  return [...archived, ...(await storedSources(scope, { ...now, archivedThrough: through }))];
}

/** The rows that lie in MongoDB; those before the newest 50,000 of them are counted and no more. */
async function storedSources(scope: WorkspaceScope, record: LogMetadata): Promise<TemplateSource[]> {
  const whole = { from: record.archivedThrough + 1n, to: record.nextSequenceNumber - 1n };
  const newest = whole.to - mostRowsRead + 1n;
  const from = newest > whole.from ? larger(whole.from, startOfStretch(newest)) : whole.from;
  const sources: TemplateSource[] = [];
  for (const span of stretchesOf({ from, to: whole.to })) {
    const source = await storedSource(scope, record, span);
    if (source) sources.push(source);
  }
  const read = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  const unread = Math.max(0, Number(record.currentLogs) - read);
  const [first] = sources;
  if (unread === 0 || !first || from === whole.from) return sources;
  const { startTime } = first;
  const span = { from: whole.from, to: from - 1n };
  return [{ ...span, startTime, endTime: startTime, templates: [], other: unread, known: false }, ...sources];
}

/** Figures of a whole stretch of settled rows are kept; the record's own id keeps an episode from its namesake's. */
function storedSource(
  scope: WorkspaceScope,
  { _id, episodeId }: LogMetadata,
  span: Span,
): Promise<TemplateSource | null> {
  const isWhole = span.to - span.from + 1n === rowsPerStretch;
  return counted.count(`${scope.workspaceId} ${String(_id)} ${span.from} ${span.to}`, async () => {
    const { source, settled } = await readSource(scope, episodeId, span);
    const weight = (source?.templates.length ?? 0) + (source?.facets?.fields.length ?? 0) * 50 + 1;
    return { figures: source, weight: settled && isWhole ? weight : null };
  });
}

/** The rows of a range that are wanted, stretch by stretch, wherever they lie. */
export async function readSources(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
  keep: (lines: Buffer) => string[] = textLines,
): Promise<TemplateSource[]> {
  const sources: TemplateSource[] = [];
  for (const span of stretchesOf(whole)) {
    const { source } = await readSource(scope, episodeId, span, keep);
    if (source) sources.push(source);
  }
  return sources;
}

interface StretchRead {
  source: TemplateSource | null;
  /** Nothing about these rows will change: none of them is still being written, and all could be read. */
  settled: boolean;
}

export async function readSource(
  scope: WorkspaceScope,
  episodeId: string,
  span: Span,
  keep: (lines: Buffer) => string[] = textLines,
): Promise<StretchRead> {
  const figures = new RowFigures();
  let settled = true;
  for await (const piece of walkEpisode(scope, episodeId, span)) {
    if (piece.kind === "gap") settled &&= isSettled(piece.gap);
    else for (const line of keep(piece.bytes)) figures.add(fromLine(line));
  }
  return { source: figures.toSource(span), settled };
}

function isSettled({ reason }: Gap): boolean {
  return reason === "never_written" || reason === "expired";
}

function startOfStretch(sequence: bigint): bigint {
  return (sequence / rowsPerStretch) * rowsPerStretch;
}

function* stretchesOf(whole: Span): Generator<Span> {
  for (let { from } = whole; from <= whole.to; ) {
    const to = smaller(startOfStretch(from) + rowsPerStretch - 1n, whole.to);
    yield { from, to };
    from = to + 1n;
  }
}
