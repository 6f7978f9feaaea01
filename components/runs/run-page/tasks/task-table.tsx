"use client";

import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { runPageParams } from "@/lib/runs/run-page-params";
import { axisTicks } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";
import { TaskRows } from "./task-rows";
import { TaskTableHead } from "./task-table-head";
import { axisLines } from "./time-axis";
import { useGantt } from "./use-gantt";
import { useShownTasks } from "./use-shown-tasks";

/**
 * Every task of the run as a row with its bar in time: the Gantt when dense, a table otherwise. It is also the graph for
 * those who cannot see one.
 */
export function TaskTable({ dense = false }: { dense?: boolean }) {
  const { selected, moment } = useRunPage();
  const tasks = useShownTasks();
  const { whole, scale, earlier } = useGantt();
  const ticks = scale ? axisTicks(scale, dense ? 4 : 3) : [];
  if (tasks.length === 0) return <NoMatch />;
  return (
    <TaskRows
      head={<TaskTableHead dense={dense} whole={whole} scale={scale} ticks={ticks} />}
      tasks={tasks}
      selectedIndex={tasks.findIndex((task) => task.id === selected?.id)}
      dense={dense}
      scale={scale}
      earlier={earlier}
      lines={axisLines(scale, ticks, moment?.at ?? null)}
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
