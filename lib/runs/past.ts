import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { auditEntries } from "@/drizzle/schema/audit-entries";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { inScope } from "@/lib/db/in-scope";
import { type RunTaskAttempt, runTaskAttempts, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { AttemptRow, RunAct, RunPast } from "./past-schema";

/** A retry of a task with a thousand behind it puts a thousand attempts away. */
const mostAttempts = 5_000;
const mostActs = 500;
/** A list shows the first line of an error; the whole is read where the attempt is opened. */
const longestError = 2_000;
const patience = { maxTimeMS: 5_000 };

const attemptFields = {
  taskId: 1,
  nodeId: 1,
  attempt: 1,
  fence: 1,
  status: 1,
  workerId: 1,
  stalls: 1,
  logRef: 1,
  stdoutCount: 1,
  stderrCount: 1,
  outputArtifactIds: 1,
  errorMessage: 1,
  queuedAt: 1,
  startedAt: 1,
  finishedAt: 1,
  durationMs: 1,
  archivedAt: 1,
} as const;

/** Attempts that were put away, oldest first, and what people did to the run. Null when there is no such run. */
export async function getRunPast(scope: WorkspaceScope, runId: string): Promise<RunPast | null> {
  const store = scoped(scope);
  const run = await store
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 }, ...patience });
  if (!run) return null;
  const [found, acts] = await Promise.all([
    store
      .collection(runTaskAttempts)
      .find(
        { workflowRunId: runId },
        {
          projection: attemptFields,
          sort: { archivedAt: -1, _id: -1 },
          limit: mostAttempts + 1,
          ...patience,
        },
      )
      .toArray(),
    listActs(scope, runId),
  ]);
  const attempts = found.slice(0, mostAttempts).map(toAttemptRow).reverse();
  return { attempts, attemptsCut: found.length > mostAttempts, acts };
}

export type AttemptDocument = Pick<RunTaskAttempt, "_id" | keyof typeof attemptFields>;

export function toAttemptRow(attempt: AttemptDocument): AttemptRow {
  const { _id, outputArtifactIds, errorMessage, queuedAt, startedAt, finishedAt, archivedAt, ...same } =
    attempt;
  return {
    id: _id,
    taskId: same.taskId,
    nodeId: same.nodeId,
    attempt: same.attempt,
    fence: same.fence,
    status: same.status,
    workerId: same.workerId,
    stalls: same.stalls,
    logRef: same.logRef,
    stdoutCount: same.stdoutCount,
    stderrCount: same.stderrCount,
    durationMs: same.durationMs,
    artifactCount: outputArtifactIds.length,
    errorMessage: errorMessage?.slice(0, longestError) ?? null,
    queuedAt: queuedAt?.toISOString() ?? null,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    archivedAt: archivedAt.toISOString(),
  };
}

/** Acts on a run, newest first. Names of members are for those who may read them. */
async function listActs(scope: WorkspaceScope, runId: string): Promise<RunAct[]> {
  const named = can(scope, "audit:read");
  const rows = await inScope(scope, (tx) =>
    tx
      .select({
        id: auditEntries.id,
        at: auditEntries.createdAt,
        action: auditEntries.action,
        actor: auditEntries.actor,
        person: users.displayName,
        reason: auditEntries.reason,
        after: auditEntries.afterSummary,
      })
      .from(auditEntries)
      .leftJoin(users, eq(users.id, auditEntries.actorId))
      .where(
        and(
          eq(auditEntries.workspaceId, scope.workspaceId),
          eq(auditEntries.resourceType, runResource),
          eq(auditEntries.resourceId, runId),
        ),
      )
      .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
      .limit(mostActs),
  );
  return rows.map(({ id, at, action, actor, person, reason, after }) => ({
    id,
    at: at.toISOString(),
    action,
    actor,
    person: named ? person : null,
    reason,
    taskIds: textsOf(after?.taskIds),
  }));
}

/** What the audit trail calls a run. */
const runResource = "workflow_run";

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
