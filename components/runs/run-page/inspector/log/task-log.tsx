"use client";

import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/ui/empty-state";
import { executionAt } from "@/lib/runs/executions";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { useExecutions } from "../../use-executions";
import { LogBar } from "./log-bar";
import { LogPane } from "./log-pane";

/** The log of an attempt of the task: its end first, everything before it by scrolling back. */
export function TaskLog({ task }: { task: TaskRow }) {
  const { executions } = useExecutions(task);
  const [{ attempt, stream, find, line }] = useQueryStates(runPageParams);
  const execution = executionAt(executions, attempt);
  if (!execution) return null;
  const { logRef, status } = execution;
  return (
    <div className="flex min-h-0 grow flex-col">
      <LogBar executions={executions} execution={execution} />
      {logRef ? (
        <LogPane
          // Another log is another list: nothing of the one before it stays.
          key={`${logRef} ${stream} ${find} ${line}`}
          episodeId={logRef}
          live={!taskStatus[status].final}
        />
      ) : (
        <NothingWritten status={status} />
      )}
    </div>
  );
}

export function NothingWritten({ status }: { status: TaskRow["status"] }) {
  return (
    <EmptyState title={taskStatus[status].final ? "No log" : "No rows written so far"} className="px-4">
      <p>
        {taskStatus[status].final
          ? "This attempt wrote no log."
          : "Rows appear here as soon as the task writes its first one."}
      </p>
    </EmptyState>
  );
}
