import type { TaskRow } from "@/lib/runs/schema";

/** A task as the run page sees it; a test names only what it is about. */
export function taskRowOf(values: Partial<TaskRow> & { nodeId: string }): TaskRow {
  return {
    id: `task-${values.nodeId}`,
    name: values.nodeId,
    nodeType: "process",
    status: "succeeded",
    attempt: 1,
    fence: 0,
    executorType: "docker",
    upstreamNodeIds: [],
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    errorMessage: null,
    cacheHit: false,
    workerId: null,
    logRef: null,
    ...values,
  };
}
