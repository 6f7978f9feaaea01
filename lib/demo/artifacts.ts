import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import type { RunWithTasks } from "@/lib/runs/create";

/** What the tasks of the past have produced. Rows only: the demo has no such bundles to hand out. */
export async function storeArtifacts(scope: WorkspaceScope, past: RunWithTasks[]): Promise<void> {
  const produced = past.flatMap(({ tasks }) =>
    tasks.flatMap((task) =>
      task.outputArtifactIds.map((_id, index) => ({
        _id,
        projectId: task.projectId,
        type: task.artifactType ?? "intermediate task output",
        producerType: "run_task" as const,
        producerId: task._id,
        storageRef: {
          bucket: null,
          key: `demo/${task.workflowRunId}/${task.nodeId}.tar.gz`,
          uri: null,
          checksum: null,
          contentType: "application/gzip",
          sizeBytes: 40_000 + (((index + task.stdoutCount) * 7_919_003) % 9_000_000),
        },
        previewable: false,
        summary: { title: task.artifactTitle ?? task.nodeName },
        lineage: { workflowRunId: task.workflowRunId },
        createdBy: "demo",
        createdAt: task.finishedAt ?? task.createdAt,
      })),
    ),
  );
  if (produced.length === 0) return;
  try {
    await scoped(scope).collection(artifacts).insertMany(produced, { ordered: false });
  } catch (error) {
    if (insertedBesideDuplicates(error) === null) throw error;
  }
}
