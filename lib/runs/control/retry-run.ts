import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type InputBinding, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { canonicalJson } from "@/lib/workflows/canonical-json";
import { derivedId } from "@/lib/workflows/fingerprint";
import { nodesOf } from "../snapshot";
import { choicesOf, createFrom, type OnCreation, runOfRequest, type Started } from "../start";
import { noSuchRun } from "./refusal";

export interface RetryRunRequest {
  runId: string;
  /** Made with the form: a double click makes one run. */
  idempotencyKey: string;
  /** Other inputs than the old run had. */
  inputBindings?: InputBinding[];
  triggeredBy?: string;
  untold?: WorkflowRun["untold"];
}

/**
 * Runs a run again, as a new one: the same version, its graph as the old run has it, and the same inputs unless others are
 * given. The versions of datasets are those that the old run had; a newer one is a new choice.
 */
export async function retryRun(
  scope: WorkspaceScope,
  { runId, idempotencyKey, inputBindings, triggeredBy, untold }: RetryRunRequest,
  onStep?: OnCreation,
): Promise<Started> {
  const choices = inputBindings ? choicesOf(inputBindings) : null;
  const request = {
    idempotencyKey,
    requestFingerprint: derivedId("retry", canonicalJson([runId, choices])),
  };
  const earlier = await runOfRequest(scope, request);
  if (earlier) return earlier;
  const old = await scoped(scope).collection(workflowRuns).findOne({ _id: runId });
  if (!old) return noSuchRun;
  return createFrom(
    scope,
    {
      projectId: old.projectId,
      workflowId: old.workflowDefinitionId,
      workflowName: old.workflowName,
      versionId: old.workflowVersionId,
      versionNumber: old.workflowVersionNumber,
      nodes: nodesOf(old.runtimeSnapshot),
      inputBindings: inputBindings ?? old.inputBindings,
      triggeredBy,
      untold,
      retryOfRunId: runId,
    },
    request,
    onStep,
  );
}
