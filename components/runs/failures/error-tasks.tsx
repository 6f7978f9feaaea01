import Link from "next/link";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { ErrorTask } from "@/lib/runs/failures/schema";

interface ErrorTasksProps {
  workspace: string;
  tasks: readonly ErrorTask[];
  count: number;
}

/** The failed tasks of a group, each a way to its run. */
export function ErrorTasks({ workspace, tasks, count }: ErrorTasksProps) {
  return (
    <ul aria-label="Failed tasks of this error" className="mb-2 ml-20 border-line border-l max-lg:ml-4">
      {tasks.map((task) => (
        <li key={task.taskId}>
          <Link
            href={`/w/${workspace}/runs/${encodeURIComponent(task.runId)}?task=${encodeURIComponent(task.taskId)}`}
            className="focus-inset grid min-h-7 grid-cols-[140px_140px_minmax(0,1fr)_92px] items-center gap-x-3 px-3 text-12 hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-1.5"
          >
            <span className="truncate font-medium">{task.workflowName}</span>
            <span className="truncate text-text-2 max-md:hidden">{task.node}</span>
            <span className="mono truncate text-text-2 max-md:col-span-2 max-md:row-start-2">
              {task.message}
            </span>
            <span className="text-right text-text-3">
              <Time at={task.at} />
            </span>
          </Link>
        </li>
      ))}
      {count > tasks.length && (
        <li className="px-3 py-1 text-12 text-text-3">
          The latest {formatCount(tasks.length)} of {formatCount(count)}.
        </li>
      )}
    </ul>
  );
}
