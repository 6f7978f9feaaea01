"use client";

import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/lib/format";
import type { TaskRow } from "@/lib/runs/schema";
import type { TaskStatus } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";
import { taskDurationMs } from "@/lib/runs/task-sort";
import { barsOf, type Stretch, type TimeSpan } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";

const fill: Record<TaskStatus, string> = {
  pending: "",
  queued: "",
  running: "bg-run-solid",
  succeeded: "bg-ok-soft",
  failed: "bg-fail-solid",
  skipped: "bg-c-rest",
  cancelled: "bg-c-rest",
};

/** Room a note needs right of its bar, as a share of the axis; with less it stands left of it. */
const noteRoom = 0.74;

/** Where the task waited (hatched) and ran (solid), and what there is to say about it. */
export function GanttBar({ task, span }: { task: TaskRow; span: TimeSpan | null }) {
  const { run } = useRunPage();
  const note = useNote(task);
  const { waited, ran } = span ? barsOf(task, span, run.asOf) : { waited: null, ran: null };
  const lasted = taskDurationMs(task, run.asOf);
  const start = waited?.left ?? ran?.left ?? 0;
  const end = ran ? ran.left + ran.width : waited ? waited.left + waited.width : 0;
  return (
    <>
      {waited && (
        <span className="absolute top-1/2 h-2.5 -translate-y-1/2 bg-hatch-queued" style={place(waited)} />
      )}
      {ran && (
        <span
          className={cn(
            "absolute top-1/2 h-2.5 min-w-[3px] -translate-y-1/2 rounded-[2px]",
            fill[task.status],
          )}
          style={place(ran)}
          title={lasted === null ? undefined : formatDuration(lasted)}
        />
      )}
      {note && (
        <span
          className={cn(
            "absolute top-1/2 max-w-full -translate-y-1/2 truncate text-11 text-text-3",
            end > noteRoom && "-translate-x-full pr-2",
          )}
          style={{ left: end > noteRoom ? `${start * 100}%` : `calc(${end * 100}% + 8px)` }}
        >
          {note}
        </span>
      )}
    </>
  );
}

function useNote(task: TaskRow): string | null {
  const { taskByNode } = useRunPage();
  if (task.status === "pending" || task.status === "skipped") {
    const open = task.upstreamNodeIds
      .map((nodeId) => taskByNode.get(nodeId))
      .filter((each): each is TaskRow => each !== undefined && each.status !== "succeeded");
    if (open.length === 0) return task.status === "skipped" ? "skipped" : null;
    const [first, second] = open.map((each) => shortTaskName(each.name, each.nodeId));
    const rest = open.length > 2 ? ` and ${open.length - 2} more` : "";
    return `${task.status === "skipped" ? "skipped: no result of" : "waits on"} ${first}${second ? `, ${second}` : ""}${rest}`;
  }
  if (task.status === "queued") return "queued";
  if (task.cacheHit) return "from cache";
  return task.attempt > 1 ? `attempt ${task.attempt}` : null;
}

function place({ left, width }: Stretch) {
  return { left: `${left * 100}%`, width: `${width * 100}%` };
}
