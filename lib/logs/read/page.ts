import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { LogPage, LogPageRequest, LogRow } from "../schema";
import { mergeRows, overlap, type Span, smaller } from "../spans";
import { readColdRange } from "./cold-rows";
import { explainMissing, listHotRows } from "./hot-rows";
import { sourceOf, toEntryRow } from "./listed-entry";

/** Each one means that the archiver committed a whole chunk while we read a page. */
const maxMoves = 8;

/** A page without a filter: every number of its range is a row or lies in a gap. Null when there is no such episode. */
export async function readPlainPage(
  scope: WorkspaceScope,
  episodeId: string,
  { from, direction, limit }: LogPageRequest,
): Promise<LogPage | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const newest = record.nextSequenceNumber - 1n;
  const wanted = ranges[direction](BigInt(from), limit, newest);
  if (!wanted) return toPage(record, [], null);
  const { rows, record: asRead } = await readSpan(scope, record, wanted.span);
  const page = toPage(asRead, rows, wanted.next);
  return direction === "around" ? { ...page, previous: beforeOf(wanted.span) } : page;
}

/**
 * The reader rule: the archive serves numbers up to archivedThrough, MongoDB the ones above. The archiver raises
 * archivedThrough before it deletes a row, so a row that is neither here nor there has moved while we looked: then the
 * record is read again, and with it the range.
 */
export async function readSpan(
  scope: WorkspaceScope,
  record: LogMetadata,
  span: Span,
): Promise<{ rows: LogRow[]; record: LogMetadata }> {
  const { episodeId } = record;
  let current = record;
  for (let move = 0; move < maxMoves; move++) {
    const { archivedThrough } = current;
    const cold = overlap(span, { from: 0n, to: archivedThrough });
    const hot = overlap(span, { from: archivedThrough + 1n, to: span.to });
    const archived = cold ? await readColdRange(scope, episodeId, cold) : { entries: [], gaps: [] };
    const stored = hot ? await listHotRows(scope, episodeId, hot) : [];
    const missing = hot ? await explainMissing(scope, episodeId, hot, stored) : [];
    const first = missing[0];
    if (first) {
      const now = await findRecord(scope, episodeId);
      if (now && now.archivedThrough >= first.from) {
        current = now;
        continue;
      }
    }
    const rows = archived.entries.map((entry) => toEntryRow(entry, sourceInText(entry.metadataText), "cold"));
    return { rows: mergeRows([...rows, ...stored], [...archived.gaps, ...missing]), record: current };
  }
  throw new AppError("unavailable", "These rows are moving to the archive right now. Try again in a moment.");
}

export function findRecord(scope: WorkspaceScope, episodeId: string) {
  return scoped(scope).collection(logMetadata).findOne({ episodeId });
}

export function toPage(
  record: LogMetadata,
  rows: LogRow[],
  next: bigint | null,
  searchedTo: bigint | null = null,
): LogPage {
  return {
    rows,
    next: next?.toString() ?? null,
    searchedTo: searchedTo?.toString() ?? null,
    nextSequenceNumber: record.nextSequenceNumber.toString(),
    archivedThrough: record.archivedThrough.toString(),
    asOf: new Date().toISOString(),
  };
}

/** The source of an archived entry. Most lines name none of the fields, and are not parsed for it. */
export function sourceInText(metadataText: string | null): string | null {
  if (!metadataText || !/"(?:source|SourceName|component)":/.test(metadataText)) return null;
  return sourceOf(JSON.parse(metadataText));
}

interface Range {
  span: Span;
  next: bigint | null;
}

const ranges = { forward, backward, around } satisfies Record<LogPageRequest["direction"], unknown>;

function forward(from: bigint, limit: number, newest: bigint): Range | null {
  if (from > newest) return null;
  const end = from + BigInt(limit) - 1n;
  return end < newest
    ? { span: { from, to: end }, next: end + 1n }
    : { span: { from, to: newest }, next: null };
}

function backward(from: bigint, limit: number, newest: bigint): Range | null {
  const to = smaller(from, newest);
  if (to < 0n) return null;
  const start = to - BigInt(limit) + 1n;
  return start > 0n
    ? { span: { from: start, to }, next: start - 1n }
    : { span: { from: 0n, to }, next: null };
}

/** As many rows before as after, as far as there are any. */
function around(middle: bigint, limit: number, newest: bigint): Range | null {
  const start = smaller(middle, newest) - BigInt(Math.floor(limit / 2));
  return forward(start > 0n ? start : 0n, limit, newest);
}

function beforeOf({ from }: Span): string | null {
  return from > 0n ? (from - 1n).toString() : null;
}
