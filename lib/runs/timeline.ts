import { day, hour, minute, second } from "@/lib/time";
import type { TaskRow } from "./schema";
import type { TimeScale } from "./time-scale";

export interface TimeSpan {
  startMs: number;
  endMs: number;
}

/** A stretch on the axis, both as fractions of its span. */
export interface Stretch {
  left: number;
  width: number;
}

export type TaskTimes = Pick<TaskRow, "queuedAt" | "startedAt" | "finishedAt">;

/**
 * From the first thing that happened to the last; while something still runs, to `asOf`. The figures of the tasks
 * decide: an imported run's own duration may be longer than what is known about its tasks.
 */
export function timeSpanOf(tasks: readonly TaskTimes[], asOf: string): TimeSpan | null {
  const asOfMs = Date.parse(asOf);
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  for (const task of tasks) {
    const begin = task.queuedAt ?? task.startedAt;
    if (begin === null) continue;
    startMs = Math.min(startMs, Date.parse(begin));
    endMs = Math.max(endMs, endOf(task, asOfMs));
  }
  if (!Number.isFinite(startMs)) return null;
  return { startMs, endMs: Math.max(endMs, startMs + 1) };
}

/** When something ran: what lies between is idle time. */
export function busyTimes(tasks: readonly TaskTimes[], asOf: string): TimeSpan[] {
  const asOfMs = Date.parse(asOf);
  return tasks.flatMap((task) =>
    task.startedAt === null ? [] : [{ startMs: Date.parse(task.startedAt), endMs: endOf(task, asOfMs) }],
  );
}

/** Where a task waited and where it ran, as far as the axis shows it; null for what has not begun or lies outside. */
export function barsOf(
  task: TaskTimes,
  scale: TimeScale,
  asOf: string,
): { waited: Stretch | null; ran: Stretch | null } {
  const asOfMs = Date.parse(asOf);
  const queued = task.queuedAt === null ? null : Date.parse(task.queuedAt);
  const started = task.startedAt === null ? null : Date.parse(task.startedAt);
  const waitEnd = started ?? endOf(task, asOfMs);
  return {
    waited: queued !== null && waitEnd > queued ? stretch(queued, waitEnd, scale) : null,
    ran: started === null ? null : stretch(started, endOf(task, asOfMs), scale),
  };
}

export interface AxisTick {
  atMs: number;
  left: number;
}

const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
];

/** Room for the words at the start, which are longer than those of a round moment: a share of the axis. */
const roomAtStart = 0.16;

/** The start, then round moments (UTC), at most `most` together. None stands in a gap. */
export function axisTicks(scale: TimeScale, most: number): AxisTick[] {
  const { span, gaps } = scale;
  const length = span.endMs - span.startMs;
  const shownMs = length - gaps.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const step =
    steps.find((candidate) => Math.floor(shownMs / candidate) <= most - 1) ?? Math.ceil(shownMs / (most - 1));
  const ticks: AxisTick[] = [{ atMs: span.startMs, left: scale.at(span.startMs) }];
  const firstRound = (Math.floor(span.startMs / step) + 1) * step;
  for (let atMs = firstRound; atMs <= span.endMs && ticks.length < most; atMs += step) {
    const gap = gaps.find(({ fromMs, toMs }) => atMs > fromMs && atMs < toMs);
    if (gap) atMs += Math.floor((gap.toMs - atMs) / step) * step;
    else if (ticks.length > 1 || scale.at(atMs) >= roomAtStart) ticks.push({ atMs, left: scale.at(atMs) });
  }
  return ticks;
}

/** A task whose end was never recorded ran until the page was read, never beyond. */
function endOf(task: TaskTimes, asOfMs: number): number {
  if (task.finishedAt !== null) return Date.parse(task.finishedAt);
  const begin = Date.parse(task.startedAt ?? task.queuedAt ?? "");
  return Number.isNaN(begin) ? asOfMs : Math.max(asOfMs, begin);
}

/** Cut at both ends of the axis; null when nothing of it is left. */
function stretch(fromMs: number, toMs: number, { at }: TimeScale): Stretch | null {
  const [from, to] = [at(fromMs), at(toMs)];
  if (to < 0 || from > 1) return null;
  const left = Math.max(0, from);
  return { left, width: Math.max(0, Math.min(1, to) - left) };
}
