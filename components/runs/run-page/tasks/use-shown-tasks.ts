"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskRow } from "@/lib/runs/schema";
import { sortTasks } from "@/lib/runs/task-sort";
import { useRunPage } from "../run-page-context";

/** The tasks that pass the filter, in the order the table shows them: one that no moment looked back to changes. */
export function useShownTasks(): TaskRow[] {
  const { present, passing, moment, taskByNode } = useRunPage();
  const [{ sort, desc }] = useQueryStates(runPageParams);
  const shown = useMemo(() => {
    const { tasks, asOf } = present;
    const passed = passing === null ? tasks : tasks.filter((task) => passing.has(task.nodeId));
    return sortTasks(passed, sort, desc, asOf);
  }, [present, passing, sort, desc]);
  return moment === null ? shown : shown.map((task) => taskByNode.get(task.nodeId) ?? task);
}
