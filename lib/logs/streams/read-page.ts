import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { asksForNothing, type LogQuery } from "../search/query";
import { Candidates } from "./candidates";
import { Hits, type ReadCost } from "./hits";
import { type Merged, mergeStreams } from "./merge";
import { endOfAll, type Place, placeAt, placeText, rowOf, startOfAll } from "./place";
import type { MergedPage, MergedRow } from "./schema";
import { namesOfIds } from "./stream-names";
import type { Reading, StreamRow } from "./stream-reader";
import type { StreamSet } from "./stream-set";

export interface MergedPageRequest {
  set: StreamSet;
  from: Place;
  direction: "forward" | "backward" | "around";
  limit: number;
  query: LogQuery;
}

/** What one request may cost before it answers with what it has and how far it looked. */
export interface PageBudget {
  milliseconds: number;
  rowsRead: number;
}
const usualBudget: PageBudget = { milliseconds: 2_000, rowsRead: 60_000 };

/**
 * Rows of many streams as one log, from a place in either direction or around it. It can be asked again from any place it
 * named, by whomever, also after rows were archived: nothing of a reader is kept here.
 */
export async function readMergedPage(
  scope: WorkspaceScope,
  { set, from, direction, limit, query }: MergedPageRequest,
  signal: AbortSignal,
  budget: PageBudget = usualBudget,
): Promise<MergedPage> {
  const since = performance.now();
  const cost: ReadCost = { rowsRead: 0, bytesRead: 0, objectsRead: 0 };
  const hits = asksForNothing(query) ? null : new Hits(scope, query, cost, signal);
  const now = new Date();
  const read = (ahead: boolean, most: number) => {
    const place = ahead ? atOrBehind(direction === "around" ? before(from) : from, query.time.from) : from;
    const reading: Reading = { scope, place, ahead, hits, now };
    const candidates = new Candidates(scope, set, query, place, ahead);
    let looks = 0;
    const deadline = () => {
      signal.throwIfAborted();
      // One look at least, or asking again would never come further.
      return (
        looks++ > 0 && (performance.now() - since > budget.milliseconds || cost.rowsRead > budget.rowsRead)
      );
    };
    const notBefore = query.time.from === null ? null : Date.parse(query.time.from);
    return mergeStreams(reading, candidates, { limit: most, deadline, notBefore });
  };
  const half = Math.floor(limit / 2);
  const earlier = direction === "forward" ? null : await read(false, direction === "around" ? half : limit);
  const later =
    direction === "backward" ? null : await read(true, direction === "around" ? limit - half : limit);
  const page = toPage(from, earlier, later, cost, now);
  return { ...page, names: await namesOfIds(scope, [...new Set(page.rows.map(({ stream }) => stream))]) };
}

/** A page around a row has the row. */
function before(place: Place): Place {
  return rowOf(place) === null ? place : { ...place, seq: place.seq - 1n };
}

/** No row stands before its own time, so nothing before the first wanted moment need be looked at. */
function atOrBehind(place: Place, since: string | null): Place {
  const first = since === null ? null : placeAt(Date.parse(since));
  return first && first.at > place.at ? first : place;
}

function toPage(
  from: Place,
  earlier: Merged | null,
  later: Merged | null,
  cost: ReadCost,
  now: Date,
): Omit<MergedPage, "names"> {
  const rows = [...(earlier?.rows.toReversed() ?? []), ...(later?.rows ?? [])];
  const looked = [earlier, later].find((part) => part?.rest)?.rest ?? null;
  const last = rows.at(-1);
  // Behind the end of all nothing can be; rows that are written later come behind the last one.
  const isEnd = later === null && from.at === endOfAll.at;
  const end = isEnd && last ? placeOf(last, true) : from;
  return {
    rows: rows.map(toRow),
    older: placeText(earlier ? endOf(earlier, from, false) : from),
    newer: placeText(later ? endOf(later, from, true) : end),
    reachesStart: earlier?.complete ?? from.at === startOfAll.at,
    reachesEnd: later?.complete ?? isEnd,
    lookedTo: looked && isoOf(looked.at),
    streamsRead: (earlier?.streamsRead ?? 0) + (later?.streamsRead ?? 0),
    rowsRead: cost.rowsRead,
    bytesRead: cost.bytesRead,
    asOf: now.toISOString(),
  };
}

/** Where reading goes on: where it rested, else beyond the last row. */
function endOf({ rows, rest }: Merged, from: Place, ahead: boolean): Place {
  if (rest) return rest;
  const last = rows.at(-1);
  return last ? placeOf(last, ahead) : from;
}

function placeOf({ key, episodeId, row }: StreamRow, ahead: boolean): Place {
  const seq = row.kind === "entry" ? row.seq : ahead ? row.to : row.from;
  return { at: key, episodeId, seq: BigInt(seq) };
}

function toRow(found: StreamRow): MergedRow {
  const { row, episodeId, key } = found;
  const place = placeText(placeOf(found, false));
  return row.kind === "entry"
    ? { ...row, stream: episodeId, place, stands: key }
    : { ...row, stream: episodeId, place, stands: key };
}

function isoOf(time: number): string | null {
  return Number.isNaN(new Date(time).getTime()) ? null : new Date(time).toISOString();
}
