"use client";

import "./playhead.css";
import { useQueryStates } from "nuqs";
import { type KeyboardEvent, useMemo } from "react";
import { formatInstant } from "@/lib/format";
import { countTasks } from "@/lib/runs/derive-status";
import type { AttemptRow } from "@/lib/runs/past-schema";
import { momentsOf } from "@/lib/runs/run-at";
import { runPageParams } from "@/lib/runs/run-page-params";
import { taskStatus, taskStatuses } from "@/lib/runs/status";
import type { TimeScale } from "@/lib/runs/time-scale";
import type { TimeSpan } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";
import { useRunPast, useWasRetried } from "../use-run-past";

/** Page Up and Page Down go by so much of the run. */
const pageShare = 0.05;
const none: readonly AttemptRow[] = [];

/** On the time axis, while one looks back: a drag goes to any moment, the arrow keys from one change of a task to the next. */
export function Playhead({ whole, scale }: { whole: TimeSpan; scale: TimeScale }) {
  const { present, tasks } = useRunPage();
  const [{ at }, setParams] = useQueryStates(runPageParams);
  const past = useRunPast(useWasRetried());
  const attempts = past.data?.attempts ?? none;
  const moments = useMemo(
    () => momentsOf(present.tasks, attempts).map((moment) => Date.parse(moment)),
    [present, attempts],
  );
  if (!at) return null;
  const atMs = Math.min(whole.endMs, Math.max(whole.startMs, at.getTime()));
  const place = scale.at(atMs);

  function goTo(ms: number) {
    if (!Number.isFinite(ms)) return;
    void setParams({ at: new Date(Math.min(whole.endMs, Math.max(whole.startMs, ms))) });
  }

  function onKeyDown(event: KeyboardEvent) {
    const page = (whole.endMs - whole.startMs) * pageShare;
    const target: Record<string, number | undefined> = {
      ArrowRight: moments.find((moment) => moment > atMs) ?? whole.endMs,
      ArrowLeft: moments.findLast((moment) => moment < atMs) ?? whole.startMs,
      PageUp: atMs + page,
      PageDown: atMs - page,
      Home: whole.startMs,
      End: whole.endMs,
    };
    const ms = target[event.key];
    if (event.key === "Escape") void setParams({ at: null }, { history: "push" });
    else if (ms === undefined) return;
    else goTo(ms);
    event.preventDefault();
  }

  return (
    <input
      type="range"
      aria-label="Moment of the run"
      aria-valuetext={`${formatInstant(atMs)}: ${spokenCounts(tasks)}`}
      min={0}
      max={1}
      step="any"
      // Outside of what is zoomed into there is nothing to take hold of; the keys still go everywhere.
      data-outside={place < 0 || place > 1 || undefined}
      value={Math.min(1, Math.max(0, place))}
      onChange={(event) => goTo(Math.round(scale.momentAt(Number(event.target.value))))}
      onKeyDown={onKeyDown}
      // A drag of it is none over the axis, which would zoom.
      onPointerDown={(event) => event.stopPropagation()}
      className="playhead"
    />
  );
}

function spokenCounts(tasks: Parameters<typeof countTasks>[0]): string {
  const counts = countTasks(tasks);
  return taskStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${taskStatus[status].label.toLowerCase()}`)
    .join(", ");
}
