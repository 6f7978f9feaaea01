import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatDate, formatHourMinute, shortenId } from "@/lib/format";
import type { ComparedTask } from "@/lib/logs/compare/schema";
import { runStatus, taskStatus } from "@/lib/runs/status";

interface SideLabelProps {
  episodeId: string;
  task: ComparedTask | null;
}

/** Which log this is: the task, its run and how that ended; the episode's own name where no task wrote it. */
export function SideLabel({ episodeId, task }: SideLabelProps) {
  if (!task) return <span className="mono min-w-0 truncate">{episodeId}</span>;
  const { tone, shape, label } = taskStatus[task.status];
  return (
    <span className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      <StatusGlyph tone={tone} shape={shape} />
      <span className="sr-only">{label}: </span>
      <span className="mono min-w-0 truncate font-medium">{task.name}</span>
      <RunLabel task={task} />
    </span>
  );
}

function RunLabel({ task }: { task: ComparedTask }) {
  return (
    <span className="truncate text-12 text-text-3">
      run <span className="mono">{shortenId(task.runId, 6, 4)}</span>
      {task.startedAt && `, ${formatDate(task.startedAt)} ${formatHourMinute(task.startedAt)}`}
      <span className="max-xl:hidden">, {runStatus[task.runStatus].label.toLowerCase()}</span>
    </span>
  );
}
