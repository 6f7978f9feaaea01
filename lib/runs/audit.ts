import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type AuditActor, writeAudit } from "@/lib/db/audit";
import { type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

/*
 * What people do to runs, in the trail. A run lies in MongoDB and the trail in PostgreSQL; no transaction spans both. So an
 * entry is named by what it tells of and written before the act is carried out: whoever goes on with an act after its process
 * died writes it again under the same name, and there is one.
 */

type Control = NonNullable<WorkflowRun["control"]>;

/** An operation that was taken for a run. */
export function noteOperation(
  scope: WorkspaceScope,
  runId: string,
  { kind, seq, targets }: Pick<Control, "kind" | "seq" | "targets">,
  by?: AuditActor,
): Promise<void> {
  const tasks = targets ? { tasks: targets.length, taskIds: targets.slice(0, 100) } : null;
  return writeAudit(
    scope,
    {
      action: kind === "cancel" ? "run.cancel" : "run.retry_tasks",
      resourceType: "workflow_run",
      resourceId: runId,
      after: { operation: seq, ...tasks },
      key: `runs/${runId}/${seq}`,
    },
    by,
  );
}

/** Who took an operation, for whoever goes on with it: a person's id, or the kind of actor where no person asked. */
export function takerOf({ by }: Pick<Control, "by">): AuditActor {
  const at = new Date();
  if (by === "token" || by === "worker" || by === "command") return { actor: by, actorId: null, at };
  return { actor: "user", actorId: by, at };
}

/** The start of a run that a person or a program asked for goes to the trail; of others, what made them tells. */
export function toBeTold(scope: WorkspaceScope, at: Date): NonNullable<WorkflowRun["untold"]> {
  return { actor: scope.actor, actorId: scope.userId, at };
}

/**
 * A run that somebody made, by itself, to repeat another or to replay it. The run has been saying so since the write that made it, and says
 * so until the entry is there: whoever comes first writes it, and everybody would write the same.
 */
export async function noteStart(scope: WorkspaceScope, runId: string): Promise<void> {
  const runs = scoped(scope).collection(workflowRuns);
  const run = await runs.findOne(
    { _id: runId },
    { projection: { untold: 1, workflowDefinitionId: 1, retryOfRunId: 1, summary: 1 } },
  );
  if (!run?.untold) return;
  const { untold } = run;
  await writeAudit(
    scope,
    {
      ...startOf(run),
      resourceType: "workflow_run",
      resourceId: runId,
      key: `runs/${runId}/start`,
    },
    untold,
  );
  await runs.updateOne({ _id: runId }, { $unset: { untold: "" } });
}

function startOf({
  workflowDefinitionId: workflowId,
  retryOfRunId,
  summary: { source, ...replay },
}: Pick<WorkflowRun, "workflowDefinitionId" | "retryOfRunId" | "summary">) {
  if (retryOfRunId !== null) return { action: "run.retry", after: { workflowId, retryOfRunId } };
  if (source === "replay") return { action: "run.replay", after: replay };
  return { action: "run.start", after: { workflowId } };
}
