import "server-only";
import { randomUUID } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { writeAudit } from "@/lib/db/audit";
import { failureMarks } from "@/lib/mongo/collections/failure-marks";
import { scoped } from "@/lib/mongo/scoped";
import type { DecideInput, ReopenInput } from "./schema";

/** Writes a decision and its reason. The last one counts. */
export async function decide(scope: WorkspaceScope, input: DecideInput): Promise<MutationResult> {
  const { subject, key, decision, reason } = input;
  const _id = idOf(scope, input);
  await scoped(scope)
    .collection(failureMarks)
    .updateOne(
      { _id, subject, key },
      { $set: { decision, reason, decidedBy: scope.userId ?? scope.actor, decidedAt: new Date() } },
      { upsert: true },
    );
  await audit(scope, input, { decision, reason });
  const until = decision === "resolved" ? " It comes back when it happens again." : "";
  return { ok: true, message: `${decision === "resolved" ? "Resolved" : "Ignored"}.${until}` };
}

/** Takes a decision back. */
export async function reopen(scope: WorkspaceScope, input: ReopenInput): Promise<MutationResult> {
  const { deletedCount } = await scoped(scope)
    .collection(failureMarks)
    .deleteMany({ _id: idOf(scope, input), subject: input.subject, key: input.key });
  if (deletedCount === 0) return { ok: false, code: "not_found", message: "It is open already." };
  await audit(scope, input, { decision: "open", reason: null });
  return { ok: true, message: "Open again." };
}

const idOf = (scope: WorkspaceScope, { subject, key }: ReopenInput) =>
  `${scope.workspaceId}:${subject}:${key}`;

function audit(
  scope: WorkspaceScope,
  { subject, key }: ReopenInput,
  { decision, reason }: { decision: string; reason: string | null },
): Promise<void> {
  return writeAudit(scope, {
    action: `run.${decision === "open" ? "reopen" : decision === "resolved" ? "resolve" : "ignore"}_failure`,
    resourceType: subject === "error" ? "error_group" : "run_lineage",
    resourceId: key,
    reason,
    after: { decision },
    key: randomUUID(),
  });
}
