"use client";

import { useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatDuration, formatPlural } from "@/lib/format";
import type { TaskHistory } from "@/lib/runs/history-schema";
import { taskHistoryOptions } from "@/lib/runs/page-query-options";
import type { TaskRow } from "@/lib/runs/schema";
import { taskDurationMs } from "@/lib/runs/task-sort";
import { useRunPage } from "../run-page-context";
import { Section } from "./section";

/** Bars at most; the newest are at the right, this run last. */
const bars = 30;

/** How long the task took beside its own past. Slow once is chance: only three runs in a row that agree are called slower. */
export function TaskDurations({ task }: { task: TaskRow }) {
  const { workspace, run } = useRunPage();
  const history = useQuery(taskHistoryOptions(workspace, run.id, task.id));
  const lasted = task.cacheHit ? null : taskDurationMs(task, run.asOf);
  if (history.isError || (history.data && history.data.durations.length === 0)) return null;
  const node = history.data?.node ?? null;
  const slow =
    task.status === "succeeded" &&
    lasted !== null &&
    node !== null &&
    node.slowAboveMs !== null &&
    lasted > node.slowAboveMs;
  return (
    <Section title="Duration" note={node && `against ${formatPlural(node.runs, "earlier run")}`}>
      {!history.data || !node ? (
        <Skeleton className="mt-3 mb-[52px] w-64" />
      ) : (
        <>
          {slow && (
            <p className="flex items-center gap-2 pt-2 text-warn-text">
              <StatusGlyph tone="warn" />
              Slower than usual: this run and the two before it took longer than{" "}
              {formatDuration(node.slowAboveMs ?? 0)}.
            </p>
          )}
          <DurationBars history={history.data} lasted={lasted} slow={slow} />
          <p className="pt-1 text-12 text-text-3">
            median {formatDuration(node.p50Ms)}, nine of ten within {formatDuration(node.p90Ms)}
            {lasted !== null && <span className="text-text-2">, this run {formatDuration(lasted)}</span>}
          </p>
        </>
      )}
    </Section>
  );
}

interface DurationBarsProps {
  history: TaskHistory;
  lasted: number | null;
  slow: boolean;
}

/** A bar a run, oldest at the left, this one last. Decoration: the figures under it say the same. */
function DurationBars({ history: { durations }, lasted, slow }: DurationBarsProps) {
  const past = durations.slice(0, bars).reverse();
  const longest = Math.max(lasted ?? 0, ...past.map(({ durationMs }) => durationMs), 1);
  const height = (ms: number) => `${Math.max(4, (ms / longest) * 100)}%`;
  return (
    <div aria-hidden="true" className="flex h-11 items-end gap-0.5 pt-2">
      {past.map(({ runId, durationMs }) => (
        <span
          key={runId}
          className="w-2 rounded-t-[2px] bg-line-strong"
          style={{ height: height(durationMs) }}
        />
      ))}
      {lasted !== null && (
        <span
          className={cn("w-2 rounded-t-[2px]", slow ? "bg-warn-solid" : "bg-accent")}
          style={{ height: height(lasted) }}
        />
      )}
    </div>
  );
}
