import type { TimeSpan } from "./timeline";

/** A stretch in which nothing ran, drawn shorter than it was. */
export interface IdleGap {
  fromMs: number;
  toMs: number;
  /** Where it is drawn, as a fraction of the axis. */
  left: number;
  width: number;
}

/** Where a moment stands on the axis: a fraction of its width, below 0 or above 1 outside of what is shown. */
export interface TimeScale {
  span: TimeSpan;
  at(ms: number): number;
  /** The moment at a fraction of the axis: the other way round. */
  momentAt(fraction: number): number;
  gaps: readonly IdleGap[];
}

export function linearScale(span: TimeSpan): TimeScale {
  const length = span.endMs - span.startMs;
  return {
    span,
    at: (ms) => (ms - span.startMs) / length,
    momentAt: (fraction) => span.startMs + fraction * length,
    gaps: [],
  };
}

/** Shorter ones are part of the picture: only waits that would push everything else together are left out. */
const gapShare = 0.06;
/** What is left of such a wait on the axis. */
const gapWidth = 0.02;

/**
 * The same with long waits drawn short. `busy` are the times in which something ran, in any order; what lies between them and
 * is longer than a share of the whole is a gap.
 */
export function collapsedScale(span: TimeSpan, busy: readonly TimeSpan[]): TimeScale {
  const length = span.endMs - span.startMs;
  const idle = idleBetween(span, busy).filter(({ startMs, endMs }) => endMs - startMs > length * gapShare);
  if (idle.length === 0) return linearScale(span);
  const idleMs = idle.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const busyWidth = Math.max(0.2, 1 - idle.length * gapWidth);
  const perGap = (1 - busyWidth) / idle.length;
  const perMs = busyWidth / Math.max(1, length - idleMs);
  const pieces: Piece[] = [];
  let [atMs, left] = [span.startMs, 0];
  const add = (toMs: number, width: number, gap: boolean) => {
    if (toMs > atMs) pieces.push({ fromMs: atMs, toMs, left, width, gap });
    if (toMs > atMs) [atMs, left] = [toMs, left + width];
  };
  for (const { startMs, endMs } of idle) {
    add(startMs, (startMs - atMs) * perMs, false);
    add(endMs, perGap, true);
  }
  add(span.endMs, (span.endMs - atMs) * perMs, false);
  return {
    span,
    at: (ms) => piecewise(pieces, ms),
    momentAt: (fraction) => inverse(pieces, fraction),
    gaps: pieces.filter(({ gap }) => gap).map(({ gap: _, ...piece }) => piece),
  };
}

interface Piece extends IdleGap {
  gap: boolean;
}

function piecewise(pieces: readonly Piece[], ms: number): number {
  const piece = pieces.find(({ toMs }) => ms < toMs) ?? pieces.at(-1);
  if (!piece) return 0;
  return piece.left + ((ms - piece.fromMs) / (piece.toMs - piece.fromMs)) * piece.width;
}

function inverse(pieces: readonly Piece[], fraction: number): number {
  const piece = pieces.find(({ left, width }) => fraction < left + width) ?? pieces.at(-1);
  if (!piece || piece.width === 0) return piece?.fromMs ?? 0;
  return piece.fromMs + ((fraction - piece.left) / piece.width) * (piece.toMs - piece.fromMs);
}

function idleBetween(span: TimeSpan, busy: readonly TimeSpan[]): TimeSpan[] {
  const idle: TimeSpan[] = [];
  let reachedMs = span.startMs;
  for (const { startMs, endMs } of busy.toSorted((a, b) => a.startMs - b.startMs)) {
    const from = Math.min(startMs, span.endMs);
    if (from > reachedMs) idle.push({ startMs: reachedMs, endMs: from });
    reachedMs = Math.max(reachedMs, Math.min(endMs, span.endMs));
  }
  if (span.endMs > reachedMs) idle.push({ startMs: reachedMs, endMs: span.endMs });
  return idle;
}
