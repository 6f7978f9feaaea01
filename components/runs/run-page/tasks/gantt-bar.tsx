"use client";

import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import type { AttemptRow } from "@/lib/runs/past-schema";
import type { TaskRow } from "@/lib/runs/schema";
import type { TaskStatus } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";
import type { TimeScale } from "@/lib/runs/time-scale";
import { barsOf, type Stretch } from "@/lib/runs/timeline";
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
const none: readonly AttemptRow[] = [];

interface GanttBarProps {
  task: TaskRow;
  scale: TimeScale | null;
  /** Attempts that were put away, each with a bar of its own. */
  earlier: readonly AttemptRow[] | undefined;
}

/** Where the task waited (hatched) and ran (solid), each attempt for itself, and what there is to say about it. */
export function GanttBar({ task, scale, earlier = none }: GanttBarProps) {
  const { run, critical } = useRunPage();
  const note = useNote(task, earlier.length);
  if (!scale) return note && <Note text={note} start={0} end={0} />;
  const outlined = critical.has(task.nodeId);
  const bars = [...earlier, task].map((each) => ({
    id: each.id,
    status: each.status,
    ...barsOf(each, scale, run.asOf),
  }));
  const first = bars.find(({ waited, ran }) => waited ?? ran);
  const last = bars.findLast(({ waited, ran }) => waited ?? ran);
  const start = first?.waited?.left ?? first?.ran?.left ?? 0;
  return (
    <>
      {bars.map(({ id, status, waited, ran }) => (
        <Bars key={id} status={status} waited={waited} ran={ran} outlined={outlined} />
      ))}
      {note && <Note text={note} start={start} end={endOf(last?.ran ?? last?.waited)} />}
    </>
  );
}

interface BarsProps {
  status: TaskStatus;
  waited: Stretch | null;
  ran: Stretch | null;
  outlined: boolean;
}

function Bars({ status, waited, ran, outlined }: BarsProps) {
  return (
    <>
      {waited && (
        <span className="absolute top-1/2 h-2.5 -translate-y-1/2 bg-hatch-queued" style={place(waited)} />
      )}
      {ran && (
        <span
          data-critical={outlined || undefined}
          className={cn(
            "absolute top-1/2 h-2.5 min-w-[3px] -translate-y-1/2 rounded-[2px] data-critical:shadow-[0_0_0_1px_var(--surface),0_0_0_2px_var(--text)]",
            fill[status],
          )}
          style={place(ran)}
        />
      )}
    </>
  );
}

function Note({ text, start, end }: { text: string; start: number; end: number }) {
  const isLeft = end > noteRoom;
  return (
    <span
      className={cn(
        "absolute top-1/2 max-w-full -translate-y-1/2 truncate text-11 text-text-3",
        isLeft && "-translate-x-full pr-2",
      )}
      style={{ left: isLeft ? `${start * 100}%` : `calc(${end * 100}% + 8px)` }}
    >
      {text}
    </span>
  );
}

function useNote(task: TaskRow, earlierAttempts: number): string | null {
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
  if (earlierAttempts > 0) return formatPlural(earlierAttempts + 1, "attempt");
  return task.attempt > 1 ? formatPlural(task.attempt, "attempt") : null;
}

function endOf(stretch: Stretch | null | undefined): number {
  return stretch ? stretch.left + stretch.width : 0;
}

function place({ left, width }: Stretch) {
  return { left: `${left * 100}%`, width: `${width * 100}%` };
}
