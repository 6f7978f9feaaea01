"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { AttemptRow } from "@/lib/runs/past-schema";
import { byTask } from "@/lib/runs/run-at";
import { runPageParams } from "@/lib/runs/run-page-params";
import { collapsedScale, linearScale, type TimeScale } from "@/lib/runs/time-scale";
import { busyTimes, type TimeSpan, timeSpanOf } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";
import { useRunPast, useWasRetried } from "../use-run-past";

export interface Gantt {
  /** Of the whole run; null when nothing has begun. */
  whole: TimeSpan | null;
  /** What of it is drawn, and where. */
  scale: TimeScale | null;
  /** Attempts that were put away, by task; as of a moment, those that had been by then. */
  earlier: ReadonlyMap<string, readonly AttemptRow[]>;
}

const none: readonly AttemptRow[] = [];

/**
 * The time axis that all rows share: the whole run or the part that was zoomed into, with or without its idle times. It is the
 * same at every moment that is looked back to.
 */
export function useGantt(): Gantt {
  const { present, moment } = useRunPage();
  const { tasks, asOf } = present;
  const [{ zoom, idle }] = useQueryStates(runPageParams);
  const past = useRunPast(useWasRetried());
  const attempts = past.data?.attempts ?? none;
  const earlier = useMemo(() => byTask(attempts), [attempts]);
  const whole = useMemo(() => timeSpanOf([...attempts, ...tasks], asOf), [attempts, tasks, asOf]);
  const [fromMs, toMs] = zoom ?? [];
  const scale = useMemo(() => {
    if (!whole) return null;
    const part = partOf(whole, fromMs, toMs);
    return idle === null ? linearScale(part) : collapsedScale(part, busyTimes([...attempts, ...tasks], asOf));
  }, [whole, fromMs, toMs, idle, attempts, tasks, asOf]);
  return { whole, scale, earlier: moment?.earlier ?? earlier };
}

/** An address may name any part; what is not one of this run means all of it. */
function partOf(whole: TimeSpan, fromMs: number | undefined, toMs: number | undefined): TimeSpan {
  if (fromMs === undefined || toMs === undefined) return whole;
  const startMs = whole.startMs + Math.max(0, fromMs);
  const endMs = Math.min(whole.endMs, whole.startMs + toMs);
  return endMs - startMs >= 1 ? { startMs, endMs } : whole;
}
