import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogMetadata, logBlocks, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize } from "../batch-figures";
import { fromDocument, type ReadEntry } from "../entry-line";
import type { LogRow } from "../schema";
import { chunkMayHold } from "../search/bloom-pages";
import { asksForNothing, type LogQuery } from "../search/query";
import { mayHoldHits, reasonToSkip, skipsByCounts } from "../search/skip";
import { mergeRows, overlap } from "../spans";
import { indexesOf } from "./chunk-index";
import { memberSpan, readMemberRange } from "./cold-rows";
import { listHotRows, readHotEntries } from "./hot-rows";
import { toEntryRow } from "./listed-entry";
import type { Member } from "./open-member";
import { sourceInText } from "./page";

/** What a search read in one go: matching rows, ascending, and where it goes on. */
export interface Stretch {
  tier: "hot" | "cold";
  rows: LogRow[];
  rowsRead: number;
  /** Null when nothing that could match lies further on. */
  next: bigint | null;
}

export interface Search {
  query: LogQuery;
  hitsAmong: (entries: ReadEntry[]) => ReadEntry[];
  /** Words that every hit has (search/needed.ts). */
  tokens: string[];
  ahead: boolean;
}

/** Rows of hot blocks that are read at once. */
const stretchRows = 1000n;

/** One member of the chunk that holds `position`, or of the next chunk that may hold a hit. */
export async function readColdStretch(
  scope: WorkspaceScope,
  record: LogMetadata,
  position: bigint,
  { query, hitsAmong, tokens, ahead }: Search,
): Promise<Stretch> {
  const afterArchive = ahead ? record.archivedThrough + 1n : null;
  const chunk = await scoped(scope)
    .collection(logChunks)
    .findOne(
      {
        episodeId: record.episodeId,
        ...(ahead ? { endSequence: { $gte: position } } : { startSequence: { $lte: position } }),
        ...mayHoldHits(query),
      },
      { sort: { startSequence: ahead ? 1 : -1 } },
    );
  if (!chunk) return { tier: "cold", rows: [], rowsRead: 0, next: afterArchive };
  const past = ahead ? chunk.endSequence + 1n : chunk.startSequence - 1n;
  const members = await membersToRead(scope, chunk, tokens);
  if (!members) return { tier: "cold", rows: [], rowsRead: 0, next: past };
  const reached = (ahead ? members : members.toReversed()).filter((member) =>
    ahead ? member.endSequence >= position : member.startSequence <= position,
  );
  const member = reached.find((candidate) => reasonToSkip(query, candidate) === null);
  if (!member) return { tier: "cold", rows: [], rowsRead: 0, next: past };
  const wanted = ahead
    ? { from: position, to: member.endSequence }
    : { from: member.startSequence, to: position };
  const span = overlap(wanted, memberSpan(member)) ?? memberSpan(member);
  const { entries, gaps } = await readMemberRange(scope, chunk, member, span);
  const rows = hitsAmong(entries).map((entry) => toEntryRow(entry, sourceInText(entry.metadataText), "cold"));
  // A number that was never written hides nothing; rows that cannot be read may be just the ones that are looked for.
  const losses = gaps.filter(({ reason }) => reason !== "never_written");
  return {
    tier: "cold",
    rows: mergeRows(rows, losses),
    rowsRead: entries.length,
    next: ahead ? span.to + 1n : span.from - 1n,
  };
}

/** The members of a chunk; null when its token filter says that no row of it has all of the words. */
async function membersToRead(
  scope: WorkspaceScope,
  chunk: LogChunk,
  tokens: string[],
): Promise<Member[] | null> {
  const index = (await indexesOf(scope, [chunk])).get(String(chunk._id));
  const { signal } = new AbortController();
  const cost = { bytesRead: 0, objectsRead: 0 };
  if (index?.bloom && !(await chunkMayHold(chunk, index.bloom, tokens, cost, signal))) return null;
  return index?.members ?? [];
}

/** Up to 1,000 rows from the next block that may hold a hit. */
export async function readHotStretch(
  scope: WorkspaceScope,
  record: LogMetadata,
  position: bigint,
  { query, hitsAmong, ahead }: Search,
): Promise<Stretch> {
  const { episodeId, archivedThrough } = record;
  const beforeHot = ahead || archivedThrough < 0n ? null : archivedThrough;
  const start = await nextRelevant(scope, episodeId, position, query, ahead);
  if (start === null || start <= archivedThrough)
    return { tier: "hot", rows: [], rowsRead: 0, next: beforeHot };
  const newest = record.nextSequenceNumber - 1n;
  const wanted = ahead
    ? { from: start, to: start + stretchRows - 1n }
    : { from: start - stretchRows + 1n, to: start };
  const span = overlap(wanted, { from: archivedThrough + 1n, to: newest });
  if (!span) return { tier: "hot", rows: [], rowsRead: 0, next: beforeHot };
  const next = ahead ? span.to + 1n : span.from - 1n;
  if (asksForNothing({ ...query, levels: [] })) {
    const rows = await listHotRows(scope, episodeId, span, query.levels);
    return { tier: "hot", rows, rowsRead: rows.length, next };
  }
  const entries = await readHotEntries(scope, episodeId, span, query.levels);
  const rows = hitsAmong(entries.map(fromDocument)).map((entry) =>
    toEntryRow(entry, sourceInText(entry.metadataText), "hot"),
  );
  return { tier: "hot", rows, rowsRead: entries.length, next };
}

/** `position`, or the nearest number further on whose block may hold a hit. */
async function nextRelevant(
  scope: WorkspaceScope,
  episodeId: string,
  position: bigint,
  query: LogQuery,
  ahead: boolean,
): Promise<bigint | null> {
  if (!skipsByCounts(query)) return position;
  // Rows of an open reservation are not counted yet. Asked first: what closes in between is in the counts.
  const open = await scoped(scope)
    .collection(logReservations)
    .findOne(
      {
        episodeId,
        state: "open",
        ...(ahead ? { endSequence: { $gte: position } } : { startSequence: { $lte: position } }),
      },
      { sort: { startSequence: ahead ? 1 : -1 }, projection: { startSequence: 1, endSequence: 1 } },
    );
  const here = Number(position / blockSize);
  const block = await scoped(scope)
    .collection(logBlocks)
    .findOne(
      { episodeId, block: ahead ? { $gte: here } : { $lte: here }, ...mayHoldHits(query) },
      { sort: { block: ahead ? 1 : -1 }, projection: { block: 1 } },
    );
  const counted = block && edgeOf(BigInt(block.block) * blockSize, position, ahead);
  const uncounted = open && nearest(position, ahead ? open.startSequence : open.endSequence, ahead);
  if (counted === null) return uncounted;
  if (uncounted === null) return counted;
  return ahead === counted < uncounted ? counted : uncounted;
}

/** Where a block is entered, coming from `position`. */
function edgeOf(blockStart: bigint, position: bigint, ahead: boolean): bigint {
  return nearest(position, ahead ? blockStart : blockStart + blockSize - 1n, ahead);
}

function nearest(position: bigint, place: bigint, ahead: boolean): bigint {
  return ahead === place > position ? place : position;
}
