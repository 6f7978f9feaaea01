import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import type { LogPage, LogPageRequest, LogRow } from "../schema";
import { hitsAmong } from "../search/match";
import { tokensToAsk } from "../search/needed";
import { type LogQuery, parseQuery } from "../search/query";
import { smaller } from "../spans";
import { findRecord, toPage } from "./page";
import { readColdStretch, readHotStretch, type Search, type Stretch } from "./stretch";

/** What one request may cost before it answers with what it has and where it stopped. */
const requestBudget = { rowsRead: 40_000, milliseconds: 1_500 };
/** Rows are dropped before anybody sees them, so this is only a stop for a loop that cannot end. */
const maxStretches = 10_000;

/**
 * A page of the rows that match a filter, ascending. Stretches without a wanted level are skipped by their counts; the rest
 * is read stretch by stretch until the page is full, the episode ends, or the request has cost enough.
 */
export async function readFilteredPage(
  scope: WorkspaceScope,
  episodeId: string,
  { from, direction, limit, filter }: LogPageRequest,
  budget: typeof requestBudget = requestBudget,
): Promise<LogPage | null> {
  const query = parseQuery(filter);
  if (direction !== "around") {
    return readHits(
      scope,
      episodeId,
      { from: BigInt(from), ahead: direction === "forward", limit, query },
      budget,
    );
  }
  const before = Math.floor(limit / 2);
  const start = BigInt(from);
  const earlier =
    before > 0 && start > 0n
      ? await readHits(scope, episodeId, { from: start - 1n, ahead: false, limit: before, query }, budget)
      : null;
  const later = await readHits(
    scope,
    episodeId,
    { from: start, ahead: true, limit: limit - before, query },
    budget,
  );
  return (
    later && { ...later, rows: [...(earlier?.rows ?? []), ...later.rows], previous: earlier?.next ?? null }
  );
}

async function readHits(
  scope: WorkspaceScope,
  episodeId: string,
  { from, ahead, limit, query }: { from: bigint; ahead: boolean; limit: number; query: LogQuery },
  budget: typeof requestBudget,
): Promise<LogPage | null> {
  let record = await findRecord(scope, episodeId);
  if (!record) return null;
  const step = ahead ? 1n : -1n;
  const deadline = Date.now() + budget.milliseconds;
  const search = { query, hitsAmong: hitsAmong(query), tokens: tokensToAsk(query), ahead };
  const found: LogRow[] = [];
  let rowsRead = 0;
  let position: bigint | null = ahead ? from : smaller(from, record.nextSequenceNumber - 1n);

  for (let count = 0; count < maxStretches; count++) {
    if (position === null || position < 0n || position >= record.nextSequenceNumber) {
      return toPage(record, inOrder(found, ahead), null);
    }
    if (rowsRead >= budget.rowsRead || Date.now() > deadline) {
      return toPage(record, inOrder(found, ahead), position, position - step);
    }
    const stretch: Stretch = await readStretch(scope, record, position, search);
    // Rows that moved to the archive under our eyes: the same place again, now from there.
    const now: LogMetadata | null = await findRecord(scope, episodeId);
    if (!now) return null;
    const moved = stretch.tier === "hot" && now.archivedThrough > record.archivedThrough;
    record = now;
    if (moved) continue;

    rowsRead += stretch.rowsRead;
    const rows = ahead ? stretch.rows : stretch.rows.toReversed();
    for (const row of rows) {
      found.push(row);
      if (found.length >= limit) {
        const next = (row.kind === "gap" ? BigInt(ahead ? row.to : row.from) : BigInt(row.seq)) + step;
        const more = next >= 0n && next < record.nextSequenceNumber;
        return toPage(record, inOrder(found, ahead), more ? next : null);
      }
    }
    position = stretch.next;
  }
  throw new AppError(
    "unavailable",
    "The search does not come to an end while these rows move. Try again in a moment.",
  );
}

function readStretch(
  scope: WorkspaceScope,
  record: LogMetadata,
  position: bigint,
  search: Search,
): Promise<Stretch> {
  return position <= record.archivedThrough
    ? readColdStretch(scope, record, position, search)
    : readHotStretch(scope, record, position, search);
}

function inOrder(rows: LogRow[], ahead: boolean): LogRow[] {
  return ahead ? rows : rows.toReversed();
}
