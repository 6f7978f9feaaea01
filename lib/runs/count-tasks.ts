import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { noTasks } from "./derive-status";
import type { TaskCounts } from "./schema";
import type { TaskStatus } from "./status";

/** What a run says of its tasks. */
export interface Figures {
  counts: TaskCounts;
  artifactCount: number;
  stdoutLineCount: number;
  stderrLineCount: number;
}

interface StatusGroup {
  _id: TaskStatus;
  tasks: number;
  stdout: number;
  stderr: number;
  artifacts: number;
}

/** The figures of a run, from all of its tasks. */
export async function countTasksOf(scope: WorkspaceScope, runId: string): Promise<Figures> {
  const groups = await scoped(scope)
    .collection(runTasks)
    .aggregate<StatusGroup>([
      { $match: { workflowRunId: runId } },
      {
        $group: {
          _id: "$status",
          tasks: { $sum: 1 },
          stdout: { $sum: "$stdoutCount" },
          stderr: { $sum: "$stderrCount" },
          artifacts: { $sum: { $size: "$outputArtifactIds" } },
        },
      },
    ])
    .toArray();
  const figures: Figures = { counts: noTasks(), artifactCount: 0, stdoutLineCount: 0, stderrLineCount: 0 };
  for (const group of groups) {
    figures.counts[group._id] = Number(group.tasks);
    figures.artifactCount += Number(group.artifacts);
    figures.stdoutLineCount += Number(group.stdout);
    figures.stderrLineCount += Number(group.stderr);
  }
  return figures;
}
