"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { sortTasks } from "@/lib/runs/task-sort";
import { useRunPage } from "../run-page-context";

/** The tasks that pass the filter, in the order the table shows them. */
export function useShownTasks(): TaskRow[] {
  const { tasks, passing, run } = useRunPage();
  const [{ sort, desc }] = useQueryStates(runPageParams);
  return useMemo(() => {
    const passed = passing === null ? tasks : tasks.filter((task) => passing.has(task.nodeId));
    return sortTasks(passed, sort, desc, run.asOf);
  }, [tasks, passing, sort, desc, run.asOf]);
}
