"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { runPageParams } from "@/lib/runs/run-page-params";
import { axisTicks, timeSpanOf } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";
import { TaskRows } from "./task-rows";
import { TaskTableHead } from "./task-table-head";
import { tickLines } from "./time-axis";
import { useShownTasks } from "./use-shown-tasks";

/**
 * Every task of the run as a row with its bar in time: the Gantt when dense, a table otherwise. It is also the graph for
 * those who cannot see one.
 */
export function TaskTable({ dense = false }: { dense?: boolean }) {
  const { tasks: all, run, selected } = useRunPage();
  const tasks = useShownTasks();
  const span = useMemo(() => timeSpanOf(all, run.asOf), [all, run.asOf]);
  const ticks = span ? axisTicks(span, dense ? 4 : 3) : [];
  if (tasks.length === 0) return <NoMatch />;
  return (
    <TaskRows
      head={<TaskTableHead dense={dense} span={span} ticks={ticks} />}
      tasks={tasks}
      selectedIndex={tasks.findIndex((task) => task.id === selected?.id)}
      dense={dense}
      span={span}
      lines={tickLines(ticks)}
    />
  );
}

function NoMatch() {
  const [, setParams] = useQueryStates(runPageParams);
  return (
    <EmptyState
      title="No task matches"
      actions={
        <Button onClick={() => setParams({ status: null, cause: null, rest: null })}>Show all tasks</Button>
      }
    >
      <p>The filters leave nothing of this run.</p>
    </EmptyState>
  );
}
