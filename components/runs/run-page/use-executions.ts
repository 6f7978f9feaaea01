"use client";

import { useMemo } from "react";
import { type Execution, executionsOf } from "@/lib/runs/executions";
import type { AttemptRow } from "@/lib/runs/past-schema";
import type { TaskRow } from "@/lib/runs/schema";
import { useRunPast, useWasRetried } from "./use-run-past";

const none: readonly AttemptRow[] = [];

/** Every execution of a task. Until the earlier ones are read, the present one. */
export function useExecutions(task: TaskRow): {
  executions: Execution[];
  past: ReturnType<typeof useRunPast>;
} {
  const past = useRunPast(useWasRetried());
  const attempts = past.data?.attempts ?? none;
  const executions = useMemo(() => executionsOf(task, attempts), [task, attempts]);
  return { executions, past };
}
