"use client";

import { useQuery } from "@tanstack/react-query";
import { formatDuration } from "@/lib/format";
import { queuePlaceOptions, runHistoryOptions } from "@/lib/runs/page-query-options";
import { queueWords } from "@/lib/runs/queue-words";
import type { TaskRow } from "@/lib/runs/schema";
import { taskReason } from "@/lib/runs/task-reason";
import { useRunPage } from "../run-page-context";

/** Why the task is as it is, in one sentence. Of one that waits or runs, with what is known beyond the run itself. */
export function TaskWhy({ task, upstream }: { task: TaskRow; upstream: readonly TaskRow[] }) {
  const { workspace, run } = useRunPage();
  const queue = useQuery({
    ...queuePlaceOptions(workspace, run.id, task.id),
    enabled: task.status === "queued",
  });
  const history = useQuery({
    ...runHistoryOptions(workspace, run.id),
    enabled: task.status === "running",
  });
  const place = task.status === "queued" && queue.data ? queueWords(queue.data, task.executorType) : null;
  const usual = task.status === "running" ? history.data?.nodes[task.nodeId] : undefined;
  return (
    <p className="font-semibold [overflow-wrap:anywhere]">
      {place ?? taskReason(task, upstream, run.asOf)}
      {usual && (
        <span className="font-normal text-text-2">
          {" "}
          {usual.runs === 1
            ? `The one earlier run took ${formatDuration(usual.p50Ms)}.`
            : `Half of ${usual.runs} earlier runs took ${formatDuration(usual.p50Ms)} or less, nine of ten ${formatDuration(usual.p90Ms)}.`}
        </span>
      )}
    </p>
  );
}
