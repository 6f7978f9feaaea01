"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { useFocusWish } from "@/components/graph/focus-wish";
import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import { glyphBefore } from "@/components/ui/status-glyph";
import { formatClock, formatDuration, formatInstant } from "@/lib/format";
import type { AttemptRow } from "@/lib/runs/past-schema";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { shortTaskName, taskNameParts } from "@/lib/runs/task-name";
import { taskDurationMs } from "@/lib/runs/task-sort";
import type { TimeScale } from "@/lib/runs/time-scale";
import { useRunPage } from "../run-page-context";
import { TaskNameParts } from "../task-name";
import { GanttBar } from "./gantt-bar";

interface TaskTableRowProps {
  task: TaskRow;
  index: number;
  dense: boolean;
  selected: boolean;
  scale: TimeScale | null;
  earlier: readonly AttemptRow[] | undefined;
  /** Background of the bar: the ticks of the axis. */
  lines: string;
  /** One row is in the tab order; the arrow keys reach the others. */
  tabbable: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
}

export function TaskTableRow(props: TaskTableRowProps) {
  const { task, index, dense, selected, scale, earlier, lines } = props;
  return (
    <tr
      aria-rowindex={index + 2}
      data-testid={`task-row-${task.id}`}
      data-status={task.status}
      className={cn(
        "relative",
        dense ? "h-6 max-md:h-9" : "h-8 border-line border-b max-md:h-9",
        selected ? "bg-accent-tint shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      {dense ? (
        <td className="pr-2 pl-4">
          <TaskLabel {...props} glyph />
        </td>
      ) : (
        <WideCells {...props} />
      )}
      <td className="h-[inherit] overflow-hidden py-0 pr-4">
        <div className={cn("relative max-md:h-9", dense ? "h-6" : "h-8")} style={{ background: lines }}>
          <GanttBar task={task} scale={scale} earlier={earlier} />
        </div>
      </td>
    </tr>
  );
}

/** The label is the target, and covers its whole row: bars are too small to hit. */
function TaskLabel(props: TaskTableRowProps & { glyph: boolean }) {
  const { task, selected, tabbable, onKeyDown } = props;
  const { select } = useRunPage();
  const button = useRef<HTMLButtonElement>(null);
  const focusWish = useFocusWish();
  useEffect(() => {
    if (selected && focusWish.take()) button.current?.focus({ preventScroll: true });
  }, [selected, focusWish]);
  const { label, tone, shape } = taskStatus[task.status];
  const glyph = props.glyph ? glyphBefore(tone, shape) : undefined;
  return (
    <button
      ref={button}
      type="button"
      title={task.name}
      tabIndex={tabbable ? 0 : -1}
      aria-label={`${shortTaskName(task.name, task.nodeId)}, ${label.toLowerCase()}`}
      aria-current={selected || undefined}
      onClick={() => select(task.id, "pick")}
      onKeyDown={onKeyDown}
      data-glyph={glyph?.["data-glyph"]}
      className={cn(
        "mono flex w-full min-w-0 items-center gap-[0.6ch] whitespace-nowrap text-left tracking-[-0.02em] after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[var(--focus-in)]",
        glyph && [glyph.className, "before:mr-[calc(8px-0.6ch)]"],
      )}
    >
      <TaskNameParts {...taskNameParts(task.name, task.nodeId)} />
    </button>
  );
}

function WideCells(props: TaskTableRowProps) {
  const { task } = props;
  const { run } = useRunPage();
  const lasted = taskDurationMs(task, run.asOf);
  return (
    <>
      <td className="pl-4 max-md:w-24">
        <StatusBadge status={taskStatus[task.status]} />
      </td>
      <td className="pr-3">
        <TaskLabel {...props} glyph={false} />
      </td>
      <td className="text-text-2 @max-[680px]:hidden">{task.attempt > 1 ? task.attempt : ""}</td>
      <td className="text-text-2 @max-[680px]:hidden">
        {task.startedAt && (
          <time dateTime={task.startedAt} title={formatInstant(task.startedAt)}>
            {formatClock(task.startedAt)}
          </time>
        )}
      </td>
      <td className="whitespace-nowrap pr-4 text-right max-md:hidden">
        {task.cacheHit ? (
          <span className="text-text-3">cached</span>
        ) : (
          lasted !== null && formatDuration(lasted)
        )}
      </td>
    </>
  );
}
