import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type AuditActor, writeAudit } from "@/lib/db/audit";
import type { WorkflowRun } from "@/lib/mongo/collections/runs";

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

/** A run that somebody made, by itself or to repeat another. */
export function noteStart(
  scope: WorkspaceScope,
  runId: string,
  about: { workflowId?: string; retryOfRunId?: string | null },
): Promise<void> {
  return writeAudit(scope, {
    action: about.retryOfRunId ? "run.retry" : "run.start",
    resourceType: "workflow_run",
    resourceId: runId,
    after: about,
    key: `runs/${runId}/start`,
  });
}
