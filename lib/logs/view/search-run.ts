import type { LogGapRow, LogRow } from "../schema";
import type { SearchEvent, SearchPlan } from "../search/events";
import { asksForNothing, type LogQuery } from "../search/query";
import { afterTail, mergedRows } from "./search-rows";

/** Reading more than this from the archive is asked for first. */
export const readBudgetBytes = 1024 ** 3;
/** So many rows are held for a reader before they ask for more. */
export const hitsAtMost = 20_000;

/**
 * idle: not begun; running; paused: far enough ahead of the reader, goes on by itself; stopped: by the reader; capped: holds
 * as many rows as it may; costly: goes on when the reader agrees to what it will read; failed: goes on when asked to.
 */
export type SearchStatus =
  | "idle"
  | "running"
  | "paused"
  | "stopped"
  | "capped"
  | "costly"
  | "failed"
  | "complete";

/** A search of an episode from its newest row back, as far as it has come; one request or several, one behind the other. */
export interface SearchRun {
  status: SearchStatus;
  /** Hits and gaps in ascending order, each once. */
  rows: readonly LogRow[];
  hits: number;
  /** Of the request under way: what it will read. */
  plan: SearchPlan | null;
  chunksDone: number;
  chunksToRead: number;
  bytesRead: number;
  /** Read by requests that have ended; each request counts from zero. */
  before: { chunks: number; bytes: number };
  /** Everything from here to the end has been looked at. */
  backTo: { seq: string; at: string | null } | null;
  etaMs: number | null;
  /** Where the next request goes on; null for one from the newest row. */
  resume: string | null;
  /** How many requests have ended. A change of it is what lets the next one begin. */
  ended: number;
  /** What the reader has agreed to. */
  allowed: { bytes: number; hits: number };
  /** Whether the plan says what will be read. A filter by level or time finds on every page, and reading ends with that. */
  readsAsPlanned: boolean;
  failure: { message: string; requestId: string | null } | null;
  /** The number behind the newest row that the search, and the tail after it, have covered; null before it began. */
  next: number | null;
}

const emptyRun: SearchRun = {
  status: "idle",
  rows: [],
  hits: 0,
  plan: null,
  chunksDone: 0,
  chunksToRead: 0,
  bytesRead: 0,
  before: { chunks: 0, bytes: 0 },
  backTo: null,
  etaMs: null,
  resume: null,
  ended: 0,
  allowed: { bytes: readBudgetBytes, hits: hitsAtMost },
  readsAsPlanned: true,
  failure: null,
  next: null,
};

export function newRun(query: LogQuery): SearchRun {
  return { ...emptyRun, readsAsPlanned: !isCounted(query) };
}

/** Rows of some levels and of a time range are counted without being read. */
export function isCounted(query: LogQuery): boolean {
  return asksForNothing({ ...query, levels: [], time: { from: null, to: null } });
}

/** Whether the search goes on without being asked, once the reader comes near its oldest row. */
export function isOpen({ status }: SearchRun): boolean {
  return status === "idle" || status === "paused";
}

/** A request begins. `next`: the end of the episode as it was known before, so that rows after it are the tail's. */
export function begun(run: SearchRun, next: number): SearchRun {
  return {
    ...run,
    status: "running",
    before: { chunks: run.chunksDone, bytes: run.bytesRead },
    failure: null,
    etaMs: null,
    next: run.next ?? next,
  };
}

/** What came in one piece of the answer. */
export function withEvents(run: SearchRun, events: readonly SearchEvent[]): SearchRun {
  const found = events.flatMap((event): LogRow[] =>
    event.type === "rows" ? event.rows : event.type === "gap" ? [event.gap] : [],
  );
  const grown = found.length > 0 ? withRows(run, mergedRows(run.rows, found)) : run;
  return events.reduce(withEvent, grown);
}

function withEvent(run: SearchRun, event: SearchEvent): SearchRun {
  switch (event.type) {
    case "plan":
      return guarded({ ...run, plan: event, chunksToRead: run.before.chunks + event.chunksToRead });
    case "progress":
      return guarded({
        ...run,
        chunksDone: run.before.chunks + event.chunksDone,
        chunksToRead: run.before.chunks + event.chunksToRead,
        bytesRead: run.before.bytes + event.bytesRead,
        backTo: event.backTo,
        etaMs: event.etaMs,
        resume: event.resume,
      });
    case "done":
      return ended({
        ...run,
        bytesRead: run.before.bytes + event.bytesRead,
        chunksDone: event.reason === "complete" ? run.chunksToRead : run.chunksDone,
        resume: event.resume,
        backTo: event.reason === "complete" ? { seq: "0", at: null } : oldest(run),
        status: statusAfter(run, event.reason),
      });
    case "failed":
      return failedRun(run, event.message, null);
    default:
      return run;
  }
}

/** The limit of a request was reached: it goes on when the reader comes near, up to what may be held at all. */
function statusAfter(run: SearchRun, reason: "complete" | "limit" | "stopped"): SearchStatus {
  if (reason === "complete") return "complete";
  if (run.status !== "running") return run.status;
  return run.hits >= run.allowed.hits ? "capped" : "paused";
}

/**
 * A search that costs more than was agreed to ends and asks. The figures of a plan can only shrink while token filters are
 * asked, so a plan that is not final stops nobody; what is really read then does.
 */
function guarded(run: SearchRun): SearchRun {
  if (run.status !== "running") return run;
  const binding = run.readsAsPlanned && run.plan?.final;
  const planned = binding ? run.before.bytes + (run.plan?.bytesToRead ?? 0) : 0;
  const tooMuch = planned > run.allowed.bytes || run.bytesRead > run.allowed.bytes;
  return tooMuch ? { ...run, status: "costly" } : run;
}

/** The reader left in its middle. It goes on by itself when they come back. */
export function left(run: SearchRun): SearchRun {
  return run.status === "running" ? { ...run, status: "paused", etaMs: null } : run;
}

function ended(run: SearchRun): SearchRun {
  return { ...left(run), etaMs: null, ended: run.ended + 1 };
}

export function stopped(run: SearchRun): SearchRun {
  return run.status === "running" || run.status === "paused" ? { ...run, status: "stopped" } : run;
}

export function failedRun(run: SearchRun, message: string, requestId: string | null): SearchRun {
  return ended({ ...run, status: "failed", failure: { message, requestId } });
}

/** The reader wants it to go on: past a stop, a failure, the number of rows held, or the budget. */
export function wantedOn(run: SearchRun): SearchRun {
  const bytes = run.bytesRead + Math.max(readBudgetBytes, 2 * (run.plan?.bytesToRead ?? 0));
  return {
    ...run,
    status: "running",
    failure: null,
    allowed: {
      bytes: run.status === "costly" ? bytes : run.allowed.bytes,
      hits: run.status === "capped" ? run.hits + hitsAtMost : run.allowed.hits,
    },
  };
}

/** New rows of an open episode, which the tail has looked at up to `through`. */
export function withTail(run: SearchRun, rows: readonly LogRow[], through: number): SearchRun {
  const next = Math.max(run.next ?? 0, through + 1);
  return { ...withRows(run, afterTail(run.rows, rows)), next };
}

function withRows(run: SearchRun, rows: readonly LogRow[]): SearchRun {
  return { ...run, rows, hits: rows.reduce((sum, row) => sum + (row.kind === "entry" ? 1 : 0), 0) };
}

function oldest({ rows, backTo }: SearchRun): SearchRun["backTo"] {
  const [first] = rows;
  if (first?.kind !== "entry") return backTo;
  return backTo && Number(backTo.seq) < Number(first.seq) ? backTo : { seq: first.seq, at: first.at };
}

/** Gaps that may hide hits; those of numbers that never had a row hide nothing. */
export function hidingGaps(rows: readonly LogRow[]): LogGapRow[] {
  return rows.filter(
    (row): row is LogGapRow =>
      row.kind === "gap" &&
      (row.reason === "damaged" || row.reason === "missing" || row.reason === "unreadable"),
  );
}
