import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LongAnswer } from "@/lib/auth/long-answer";
import { AppError } from "@/lib/errors";
import type { LogRow } from "../schema";
import { asksForNothing } from "../search/query";
import { smaller } from "../spans";
import { hitLines } from "../walk/hit-lines";
import type { TailEvent } from "./event";
import { type EpisodeHub, hubOf } from "./hub";
import type { TailRequest } from "./request";
import { readSettled, readSettledHits } from "./settled";

export interface FollowOptions {
  answer: LongAnswer;
  signal: AbortSignal;
  /** How old a proof of access may be when rows leave. */
  trustMs?: number;
  heartbeatMs?: number;
  /** How far and for how long a reader that was live may lag before rows are skipped for it. */
  lag?: { rows: bigint; ms: number };
}

/** Few enough that a bad connection gets a whole event through. */
const rowsPerEvent = 200;
/** How often a reader learns where it stands while no row is for it. */
const stateMs = 1_000;

/**
 * The end of an episode as it grows, from any number on: what is archived, what is stored, and then each row as it settles.
 * Numbers come in order and each exactly once; one that may still be written holds up those behind it, so that a reader who
 * has seen a number has seen all before it. That is what makes the last number enough to go on from. Null when there is no
 * such episode.
 */
export async function followEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  request: TailRequest,
  options: FollowOptions,
): Promise<AsyncGenerator<TailEvent> | null> {
  const hub = await hubOf(scope, episodeId);
  return hub && follow(scope, hub, request, options);
}

async function* follow(
  scope: WorkspaceScope,
  hub: EpisodeHub,
  request: TailRequest,
  options: FollowOptions,
): AsyncGenerator<TailEvent> {
  const { answer, signal } = options;
  const leave = hub.join(scope);
  try {
    yield* eventsOf(scope, hub, request, options);
  } catch (error) {
    if (signal.aborted) return;
    const { code, message } = answer.failureOf(error, `tail of ${hub.record.episodeId}`);
    yield { kind: "end", code, message };
  } finally {
    leave();
  }
}

/** Events are made as they are taken: whatever the reader's pace, one event is held for it and nothing piles up. */
async function* eventsOf(
  scope: WorkspaceScope,
  hub: EpisodeHub,
  request: TailRequest,
  {
    answer,
    signal,
    trustMs = 10_000,
    heartbeatMs = 15_000,
    lag = { rows: 5_000n, ms: 5_000 },
  }: FollowOptions,
): AsyncGenerator<TailEvent> {
  const read = readerFor(scope, hub, request, signal);
  let position = request.from ?? hub.recent.end;
  let provenAt = Date.now();
  let saidAt = 0;
  let said = "";
  /** When this reader was last at the end; null before it has got there. */
  let liveAt: number | null = null;
  while (!signal.aborted) {
    hub.check();
    const now = Date.now();
    if (now - provenAt >= trustMs) {
      if (!(await answer.stillAllowed()))
        throw new AppError("forbidden", "Your access to this workspace has ended.");
      provenAt = now;
    }
    const behind = hub.recent.end - position;
    if (behind > lag.rows && liveAt !== null && now - liveAt >= lag.ms) {
      const through = hub.recent.end - lag.rows - 1n;
      yield { kind: "skipped", from: position, through };
      position = through + 1n;
      continue;
    }
    if (behind > 0n) {
      const { rows, next } = await read(position);
      position = next;
      if (rows.length > 0) saidAt = Date.now();
      yield* rowEvents(rows, position - 1n);
    }
    if (position >= hub.recent.end) liveAt = Date.now();
    const state = stateText(hub, position);
    const due = saidAt + stateMs - Date.now();
    if (said === "" || (state !== said && due <= 0)) {
      said = state;
      saidAt = Date.now();
      yield stateOf(hub, position);
    } else if (Date.now() - saidAt >= heartbeatMs) {
      saidAt = Date.now();
      yield { kind: "heartbeat" };
    }
    if (position < hub.recent.end) continue;
    const wait = stateText(hub, position) === said ? heartbeatMs : Math.max(0, due);
    await hub.changed(Math.min(wait, heartbeatMs, trustMs), signal);
  }
}

type Reader = (position: bigint) => Promise<{ rows: LogRow[]; next: bigint }>;

/** Rows from a settled number on: out of the shared end of the stream, or read for this reader alone. */
function readerFor(
  scope: WorkspaceScope,
  hub: EpisodeHub,
  { query }: TailRequest,
  signal: AbortSignal,
): Reader {
  const spanFrom = (from: bigint) => ({
    from,
    to: smaller(from + BigInt(rowsPerEvent), hub.recent.end) - 1n,
  });
  if (asksForNothing(query)) {
    return async (position) => {
      if (position >= hub.recent.from) return hub.recent.read(position, rowsPerEvent);
      const span = spanFrom(position);
      return { rows: await readSettled(scope, hub.record, span), next: span.to + 1n };
    };
  }
  const hitsIn = hitLines(query);
  return async (position) => {
    const span = spanFrom(position);
    return { rows: await readSettledHits(scope, hub.record, span, hitsIn, signal), next: span.to + 1n };
  };
}

/** Rows together, gaps by themselves; the last event reaches as far as was read. */
function* rowEvents(rows: LogRow[], through: bigint): Generator<TailEvent> {
  let run: Extract<LogRow, { kind: "entry" }>[] = [];
  for (const row of rows) {
    if (row.kind === "entry") {
      run.push(row);
      continue;
    }
    if (run.length > 0) yield { kind: "rows", rows: run, through: BigInt(row.from) - 1n };
    run = [];
    yield { kind: "gap", gap: row, through: BigInt(row.to) };
  }
  if (run.length > 0) yield { kind: "rows", rows: run, through };
}

function stateOf({ record }: EpisodeHub, position: bigint): TailEvent {
  const { nextSequenceNumber, archivedThrough, ended } = record;
  return { kind: "state", nextSequenceNumber, archivedThrough, ended, through: position - 1n };
}

/** What is worth telling: numbers that were given out and are still being written are not. */
function stateText({ record }: EpisodeHub, position: bigint): string {
  return `${record.archivedThrough} ${record.ended} ${position}`;
}
