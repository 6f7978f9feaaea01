import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { fromDocument } from "../entry-line";
import { mostColumns, mostValueRows, type RowValues } from "../places";
import { type PathStep, parsePath, plainText, textsAt } from "../search/metadata-path";
import { larger, overlap, type Span, smaller } from "../spans";
import { readColdRange } from "./cold-rows";
import { findRecord } from "./page";

/** A cell of a list; the drawer has the whole value. */
const shownCharacters = 200;

export interface ValuesRequest {
  spans: Span[];
  paths: PathStep[][];
}

/** `rows=0-249,300` and any number of `path=`. */
export function valuesRequestFrom(params: URLSearchParams): ValuesRequest {
  const spans = (params.get("rows") ?? "").split(",").map((text): Span => {
    const [, from, to = from] = /^(\d{1,18})(?:-(\d{1,18}))?$/.exec(text) ?? [];
    if (from === undefined || to === undefined) {
      throw new AppError("bad_input", "rows: ranges of sequence numbers are wanted, as 0-249,300.");
    }
    return { from: BigInt(from), to: BigInt(to) };
  });
  const rows = spans.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
  if (rows > BigInt(mostValueRows) || spans.some(({ from, to }) => from > to)) {
    throw new AppError("bad_input", `rows: at most ${mostValueRows} rows, in ascending ranges, are wanted.`);
  }
  const paths = params.getAll("path").map((path) => {
    const steps = path.length <= 300 ? parsePath(path) : null;
    if (!steps) throw new AppError("bad_input", "path: a path looks like user.id or steps[0].name.");
    return steps;
  });
  if (paths.length === 0 || paths.length > mostColumns) {
    throw new AppError("bad_input", `path: 1 to ${mostColumns} paths are wanted.`);
  }
  return { spans, paths };
}

/** Values of the metadata for the columns of a list; numbers without a readable row are left out. Null: no such episode. */
export async function readRowValues(
  scope: WorkspaceScope,
  episodeId: string,
  { spans, paths }: ValuesRequest,
): Promise<RowValues | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const values: RowValues["values"] = {};
  const take = ({ seq, metadataText }: { seq: bigint; metadataText: string | null }) => {
    values[seq.toString()] = paths.map((path) => valueAt(metadataText, path));
  };
  const existing = { from: 0n, to: record.nextSequenceNumber - 1n };
  for (const span of wholeStretches(spans)) {
    const wanted = overlap(span, existing);
    if (wanted) await readSpanValues(scope, episodeId, wanted, record.archivedThrough, take);
  }
  return { values };
}

async function readSpanValues(
  scope: WorkspaceScope,
  episodeId: string,
  span: Span,
  archivedThrough: bigint,
  take: (entry: { seq: bigint; metadataText: string | null }) => void,
): Promise<void> {
  const cold = overlap(span, { from: 0n, to: archivedThrough });
  if (cold) for (const entry of (await readColdRange(scope, episodeId, cold)).entries) take(entry);
  const hot = overlap(span, { from: larger(0n, archivedThrough + 1n), to: span.to });
  if (!hot) return;
  let present = 0n;
  const rows = scoped(scope)
    .collection(logEntries)
    .find(
      { episodeId, sequenceNumber: { $gte: hot.from, $lte: hot.to } },
      { batchSize: 50, maxTimeMS: 10_000 },
    )
    .sort({ sequenceNumber: 1 });
  for await (const document of rows) {
    present++;
    take(fromDocument(document));
  }
  if (present > hot.to - hot.from) return;
  // What is not there may have moved to the archive while we looked.
  const now = await findRecord(scope, episodeId);
  if (now && now.archivedThrough >= hot.from) {
    const moved = { from: hot.from, to: smaller(hot.to, now.archivedThrough) };
    for (const entry of (await readColdRange(scope, episodeId, moved)).entries) take(entry);
  }
}

function valueAt(metadataText: string | null, path: PathStep[]): string | null {
  const [found] = metadataText === null ? [] : textsAt(metadataText, path);
  if (found === undefined) return null;
  return plainText(found).slice(0, shownCharacters).toWellFormed();
}

/** Hits lie close together more often than not: one read for those that are. */
function wholeStretches(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (last && span.from - last.to <= 20n) last.to = larger(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}
