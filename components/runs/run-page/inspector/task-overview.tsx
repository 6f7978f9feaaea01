"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import type { TaskDetail, TaskRow } from "@/lib/runs/schema";
import { type StatusTone, taskStatus } from "@/lib/runs/status";
import { headline, taskReason } from "@/lib/runs/task-reason";
import { useRunPage } from "../run-page-context";
import { LogGlance } from "./log-glance";
import { TaskFacts } from "./task-facts";
import { TaskRelations } from "./task-relations";

const edge: Record<StatusTone, string> = {
  ok: "border-ok-solid",
  run: "border-run-solid",
  fail: "border-fail-solid",
  warn: "border-warn-solid",
  off: "border-line-control",
};

interface TaskOverviewProps {
  task: TaskRow;
  detail: UseQueryResult<TaskDetail>;
}

export function TaskOverview({ task, detail }: TaskOverviewProps) {
  const { run, taskByNode } = useRunPage();
  const upstream = task.upstreamNodeIds
    .map((nodeId) => taskByNode.get(nodeId))
    .filter((each): each is TaskRow => each !== undefined);
  const error = task.errorMessage;
  const says = error !== null && error.trim() !== headline(error) ? error : null;
  return (
    <div className="grid content-start gap-3.5 py-3 pb-6">
      <div className={cn("mx-4 border-l-2 py-0.5 pl-3", edge[taskStatus[task.status].tone])}>
        <p className="font-semibold [overflow-wrap:anywhere]">{taskReason(task, upstream, run.asOf)}</p>
        {says && (
          <pre className="mt-1 whitespace-pre-wrap text-12 text-text-2 leading-4.5 [overflow-wrap:anywhere]">
            {says}
          </pre>
        )}
      </div>
      <TaskFacts task={task} detail={detail} />
      {task.logRef && <LogGlance episodeId={task.logRef} status={task.status} />}
      <TaskRelations task={task} upstream={upstream} />
    </div>
  );
}
