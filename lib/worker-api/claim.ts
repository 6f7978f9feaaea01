import "server-only";
import type { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { leaseSeconds } from "@/lib/runs/advance";
import { requestAggregate } from "@/lib/runs/aggregate";
import { claimNext } from "@/lib/runs/claim";
import { finishTask, handBack } from "@/lib/runs/work/finish";
import { heartbeatMs } from "@/lib/runs/work/lease";
import { upstreamResults } from "@/lib/runs/work/upstream";
import { reportWorkspaceWorker } from "@/lib/runs/workers/report";
import { takeWaitingPlace } from "./limits";
import type { ClaimedTask, claimInput } from "./schema";
import { untilWoken, wakeWorkers } from "./wake";

type Claim = z.output<typeof claimInput>;

const firstLookMs = 200;
const lastLookMs = 1_000;

/** The next task for a worker, when there is one within the time it waits; null otherwise. */
export async function claimForWorker(
  scope: WorkspaceScope,
  claim: Claim,
  signal: AbortSignal,
): Promise<ClaimedTask | null> {
  const { workerId, executors, slots, busy, version = null } = claim;
  const until = performance.now() + claim.waitMs;
  const place = claim.waitMs > 0 ? takeWaitingPlace(scope) : null;
  try {
    for (let lookMs = firstLookMs; ; lookMs = Math.min(2 * lookMs, lastLookMs)) {
      await reportWorkspaceWorker(scope, { workerId, executors, slots, busy, version });
      const found = await claimWanted(scope, claim);
      if (found && signal.aborted) {
        // Nobody is there any more to do it; without this it would wait for its lease.
        await handBack(scope, found.held);
        return null;
      }
      if (found) return found.answer;
      const left = until - performance.now();
      if (left <= 0 || signal.aborted) return null;
      await untilWoken(scope.workspaceId, Math.min(lookMs, left), signal);
      if (signal.aborted) return null;
    }
  } finally {
    place?.leave();
  }
}

/** Claims until a task is found that is still wanted: one of a run that is being cancelled ends here, before any work. */
async function claimWanted(
  scope: WorkspaceScope,
  { workerId, executors, nodeTypes }: Claim,
): Promise<{ held: RunTask; answer: ClaimedTask } | null> {
  for (;;) {
    const task = await claimNext(scope, { executors, workerId, nodeTypes });
    if (!task) return null;
    const run = await scoped(scope)
      .collection(workflowRuns)
      .findOne(
        { _id: task.workflowRunId },
        { projection: { status: 1, workflowName: 1, inputBindings: 1, assetIds: 1, datasetIds: 1 } },
      );
    if (!run || run.status === "cancelling" || task.cancelRequestedAt !== null) {
      await finishTask(scope, task, {
        outcome: "cancelled",
        errorMessage: null,
        outputArtifactIds: [],
        lastResultPreview: null,
      });
      wakeWorkers(scope.workspaceId);
      continue;
    }
    requestAggregate(scope, task.workflowRunId);
    return { held: task, answer: await toAnswer(scope, task, run) };
  }
}

async function toAnswer(
  scope: WorkspaceScope,
  task: RunTask,
  run: Omit<ClaimedTask["run"], "id"> & { _id: string },
): Promise<ClaimedTask> {
  const upstream = await upstreamResults(scope, task);
  return {
    task: {
      id: task._id,
      fence: task.fence,
      nodeId: task.nodeId,
      nodeName: task.nodeName,
      nodeType: task.nodeType,
      nodeDefinitionId: task.nodeDefinitionId,
      executorType: task.executorType,
      executorConfig: task.executorConfig,
      codeHookSpec: task.codeHookSpec,
      artifactType: task.artifactType,
      artifactTitle: task.artifactTitle,
      attempt: task.attempt,
      assetIds: task.assetIds,
      startedAt: (task.startedAt ?? new Date()).toISOString(),
    },
    run: {
      id: run._id,
      workflowName: run.workflowName,
      inputBindings: run.inputBindings,
      assetIds: run.assetIds,
      datasetIds: run.datasetIds,
    },
    upstream: upstream.map(({ nodeId, nodeName, assetIds, artifactIds, preview }) => ({
      nodeId,
      nodeName,
      assetIds,
      artifactIds,
      result: preview,
    })),
    heartbeatEveryMs: heartbeatMs,
    leaseMs: leaseSeconds * 1000,
  };
}
