import type { WorkspaceScope } from "@/lib/auth/access";
import type { RunTask } from "@/lib/mongo/collections/runs";
import type { Executor, NewArtifact, Outcome, TaskWork } from "@/lib/runs/executors/executor";
import { newTaskOf } from "./run-documents";

export interface Worked {
  outcome: Outcome;
  lines: { stream: string; message: string }[];
  artifacts: NewArtifact[];
}

interface Given {
  scope: WorkspaceScope;
  task?: Partial<RunTask>;
  signal?: AbortSignal;
}

/** Lets an executor work on a task that is in no queue, and keeps what it said and made. */
export async function workWith(executor: Executor, { scope, task, signal }: Given): Promise<Worked> {
  const lines: Worked["lines"] = [];
  const artifacts: NewArtifact[] = [];
  const work: TaskWork = {
    scope,
    task: { ...newTaskOf("run-1", "node-1"), workspaceId: scope.workspaceId, hold: null, fence: 1, ...task },
    run: { _id: "run-1", workflowName: "some-flow", inputBindings: [], assetIds: [], datasetIds: [] },
    signal: signal ?? new AbortController().signal,
    log: (stream, message) => void lines.push({ stream, message }),
    logRoom: async () => {},
    artifact: async (artifact) => {
      artifacts.push(artifact);
      return `artifact-${artifacts.length}`;
    },
  };
  return { outcome: await executor.run(work), lines, artifacts };
}
