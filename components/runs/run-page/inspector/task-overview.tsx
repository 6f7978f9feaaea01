"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import type { TaskDetail, TaskRow } from "@/lib/runs/schema";
import { type StatusTone, taskStatus } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";
import { ErrorText } from "./error-text";
import { LogGlance } from "./log-glance";
import { TaskDurations } from "./task-durations";
import { TaskFacts } from "./task-facts";
import { TaskRelations } from "./task-relations";
import { TaskSettings } from "./task-settings";
import { TaskWhy } from "./task-why";

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
  const { taskByNode } = useRunPage();
  const upstream = task.upstreamNodeIds
    .map((nodeId) => taskByNode.get(nodeId))
    .filter((each): each is TaskRow => each !== undefined);
  return (
    <div className="grid content-start gap-3.5 py-3 pb-6">
      <div className={cn("mx-4 border-l-2 py-0.5 pl-3", edge[taskStatus[task.status].tone])}>
        {task.status === "failed" && task.errorMessage?.trim() ? (
          <ErrorText key={task.id} text={task.errorMessage} />
        ) : (
          <TaskWhy task={task} upstream={upstream} />
        )}
        {task.status === "failed" && task.attempt > 1 && (
          <p className="pt-1 text-text-2">This was attempt {task.attempt}.</p>
        )}
      </div>
      {task.status === "failed" && task.logRef && <LogGlance episodeId={task.logRef} status={task.status} />}
      <TaskFacts task={task} detail={detail} />
      <TaskSettings detail={detail} />
      {task.status !== "failed" && task.logRef && <LogGlance episodeId={task.logRef} status={task.status} />}
      {task.startedAt && <TaskDurations key={task.id} task={task} />}
      <TaskRelations task={task} upstream={upstream} />
    </div>
  );
}
