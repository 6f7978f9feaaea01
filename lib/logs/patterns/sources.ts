import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex, logChunks } from "@/lib/mongo/collections/log-chunks";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { fromLine } from "../entry-line";
import { larger, type Span, smaller } from "../spans";
import { Drain, type TemplateCount } from "../templates/drain";
import { textLines } from "../walk/lines";
import { walkEpisode } from "../walk/walk";

/** The templates of a stretch of rows. */
export interface TemplateSource extends Span {
  startTime: Date;
  endTime: Date;
  templates: TemplateCount[];
  /** Rows in none of `templates`. */
  other: number;
  /** False when these rows were not looked at. */
  known: boolean;
}

/** Rows that are looked at afresh for one answer; the newest ones, when there are more. */
export const mostRowsRead = 50_000n;
const rowsPerStretch = 5_000n;

/** The archived part, from what archiving kept of each chunk: no object is read. */
export async function archivedSources(scope: WorkspaceScope, episodeId: string): Promise<TemplateSource[]> {
  const stores = scoped(scope);
  const [chunks, indexes] = await Promise.all([
    stores.collection(logChunks).find({ episodeId }).sort({ startSequence: 1 }).toArray(),
    stores
      .collection(logChunkIndex)
      .find({ episodeId }, { projection: { templates: 1, otherTemplates: 1 } })
      .sort({ chunkNumber: 1 })
      .toArray(),
  ]);
  const byChunk = new Map(indexes.map((index) => [String(index._id), index]));
  return chunks.map((chunk) => {
    const { templates, otherTemplates } = byChunk.get(String(chunk._id)) ?? {};
    return {
      from: chunk.startSequence,
      to: chunk.endSequence,
      startTime: chunk.startTime,
      endTime: chunk.endTime,
      templates: templates ?? [],
      // A chunk from before templates were kept counts as rows that were not looked at.
      other: templates ? (otherTemplates ?? 0) : chunk.logCount,
      known: templates !== undefined,
    };
  });
}

/** The rows that lie in MongoDB, looked at now; those before the newest 50,000 of them are counted and no more. */
export async function storedSources(scope: WorkspaceScope, record: LogMetadata): Promise<TemplateSource[]> {
  const whole = { from: record.archivedThrough + 1n, to: record.nextSequenceNumber - 1n };
  const from = larger(whole.from, whole.to - mostRowsRead + 1n);
  const sources = await readSources(scope, record.episodeId, { from, to: whole.to });
  const read = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  const unread = Math.max(0, Number(record.currentLogs) - read);
  const [first] = sources;
  if (unread === 0 || !first || from === whole.from) return sources;
  const { startTime } = first;
  const span = { from: whole.from, to: from - 1n };
  return [{ ...span, startTime, endTime: startTime, templates: [], other: unread, known: false }, ...sources];
}

/** The templates of rows, stretch by stretch, so that it is known about where each of them occurs. */
export async function readSources(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
  keep: (lines: Buffer) => string[] = textLines,
): Promise<TemplateSource[]> {
  const sources: TemplateSource[] = [];
  for (let from = whole.from; from <= whole.to; from += rowsPerStretch) {
    const span = { from, to: smaller(from + rowsPerStretch - 1n, whole.to) };
    const source = await readSource(scope, episodeId, span, keep);
    if (source) sources.push(source);
  }
  return sources;
}

async function readSource(
  scope: WorkspaceScope,
  episodeId: string,
  span: Span,
  keep: (lines: Buffer) => string[],
): Promise<TemplateSource | null> {
  const drain = new Drain();
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for await (const piece of walkEpisode(scope, episodeId, span)) {
    if (piece.kind === "gap") continue;
    for (const line of keep(piece.bytes)) {
      const { seq, at, message } = fromLine(line);
      drain.add(message, seq);
      earliest = Math.min(earliest, at.getTime());
      latest = Math.max(latest, at.getTime());
    }
  }
  if (earliest > latest) return null;
  const [startTime, endTime] = [new Date(earliest), new Date(latest)];
  return { ...span, startTime, endTime, templates: drain.templates(), other: drain.other, known: true };
}

export function rowsOf({ templates, other }: TemplateSource): number {
  return templates.reduce((sum, { count }) => sum + count, other);
}
