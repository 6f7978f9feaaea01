import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { ingestSettings } from "@/lib/logs/ingest-settings";
import { entryOfParts } from "@/lib/logs/parse-line";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { type Completion, type CompletionAnswer, completeTask } from "../advance";
import { requestAggregate } from "../aggregate";
import { type Succeeded, settleAfter } from "../settle";
import { acceptArtifacts } from "./artifacts";
import { giveBackTask } from "./give-back";

export type HeldTask = Pick<
  RunTask,
  "_id" | "fence" | "opSeq" | "workflowRunId" | "nodeId" | "executorType" | "assetIds"
>;

const longestError = 16_000;

/**
 * Ends a task and draws the conclusions for its run. Whoever dies after the first line leaves a task that is over; the conclusions
 * are drawn again by the reaper, and the artifacts accepted by their collector.
 */
export async function finishTask(
  scope: WorkspaceScope,
  task: HeldTask,
  completion: Completion,
): Promise<"completed" | "fenced_out"> {
  const { errorMessage, outputArtifactIds, summary } = completion;
  const answer = await completeTask(
    scope,
    { taskId: task._id, fence: task.fence },
    {
      ...completion,
      errorMessage: errorMessage === null ? null : await masked(scope, errorMessage),
      summary: {
        executor: task.executorType,
        assetCount: (completion.outputAssetIds ?? task.assetIds).length,
        artifactIds: outputArtifactIds,
        ...summary,
      },
    },
  );
  if (answer === "fenced_out") return answer;
  await acceptArtifacts(scope, outputArtifactIds);
  await settleAfter(scope, task.workflowRunId, [task.nodeId], successOf(task, completion, answer));
  requestAggregate(scope, task.workflowRunId);
  return "completed";
}

/**
 * A success that hands on what it was given: what follows from it can be told without reading it. Not so of one that is sent
 * again, which may have ended otherwise the first time.
 */
export function successOf(
  { nodeId, opSeq }: Succeeded,
  { outcome, outputAssetIds }: Completion,
  answer: CompletionAnswer,
): Succeeded | undefined {
  const isKnown = answer === "completed" && outcome === "succeeded" && outputAssetIds === undefined;
  return isKnown ? { nodeId, opSeq } : undefined;
}

/** Gives a task back that was not done, and draws the conclusions. */
export async function handBack(scope: WorkspaceScope, task: HeldTask): Promise<"given_back" | "lost"> {
  const answer = await giveBackTask(scope, { taskId: task._id, fence: task.fence });
  if (answer === "lost") return answer;
  await settleAfter(scope, task.workflowRunId, [task.nodeId]);
  requestAggregate(scope, task.workflowRunId);
  return answer;
}

/** As a line of its log would be: an error often repeats what it was called with. */
async function masked(scope: WorkspaceScope, text: string): Promise<string> {
  const { redactor } = await ingestSettings(scope);
  const short = text.length > longestError ? `${text.slice(0, longestError)}…` : text;
  const parts = { message: short, metadataText: "{}", timestamp: null, level: "error" as const, flags: [] };
  return redactor.apply([entryOfParts(parts)])[0]?.message ?? "";
}
