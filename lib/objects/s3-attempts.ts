import { setTimeout as sleep } from "node:timers/promises";
import { countStoreError } from "./error-counts";
import { judge, Stalled } from "./s3-failure";

/** How long and how often a request is tried. */
export interface Patience {
  attempts: number;
  /** An attempt without progress is given up after this, plus the time the slowest useful connection needs for its bytes. */
  stallMs: number;
  firstPauseMs: number;
  lastPauseMs: number;
}

export const usualPatience: Patience = {
  attempts: 4,
  stallMs: 15_000,
  firstPauseMs: 200,
  lastPauseMs: 5_000,
};

const slowestBytesPerMs = 256;

export interface Attempt {
  /** Ends the request: the caller's signal, or too long without progress. */
  abortSignal: AbortSignal;
  /** Bytes arrived. */
  progressed(): void;
}

/** Every attempt failed; `cause` is the last failure. */
export class GaveUp extends Error {
  constructor(
    readonly attempts: number,
    cause: unknown,
  ) {
    super("every attempt failed", { cause });
    this.name = "GaveUp";
  }
}

/**
 * Does `request` until it succeeds, at most as often as `patience` says, with growing, jittered pauses: many archivers that
 * met the same outage do not come back at the same moment. The caller's signal ends it at once, with its own reason. A
 * request may have been carried out although its attempt failed; `request` must be one that can be repeated.
 */
export async function inAttempts<T>(
  patience: Patience,
  { bytes = 0, signal }: { bytes?: number; signal?: AbortSignal },
  request: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await attemptOnce(patience.stallMs + bytes / slowestBytesPerMs, signal, request);
    } catch (error) {
      signal?.throwIfAborted();
      const { kind, again } = judge(error);
      countStoreError(kind);
      if (!again || attempt >= patience.attempts) throw new GaveUp(attempt, error);
    }
    const longest = Math.min(patience.firstPauseMs * 2 ** (attempt - 1), patience.lastPauseMs);
    await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal });
  }
}

async function attemptOnce<T>(
  stallMs: number,
  signal: AbortSignal | undefined,
  request: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Stalled(stallMs)), stallMs);
  const abortSignal = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal;
  try {
    return await request({ abortSignal, progressed: () => timer.refresh() });
  } catch (error) {
    // The SDK reports any abort in words of its own.
    throw stall.signal.aborted ? stall.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
