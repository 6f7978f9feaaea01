import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { namesOf } from "@/lib/db/names";
import { noteOperation, noteStart, toBeTold } from "./audit";
import { cancelRun } from "./control/cancel";
import { retryRun } from "./control/retry-run";
import { type RetryStep, retryFailed, retryTasks } from "./control/retry-tasks";
import type { Control } from "./control/slot";
import type {
  RetryFailedInput,
  RetryRunInput,
  RetryTasksInput,
  RunInput,
  StartRunInput,
} from "./control-input";
import { type Started, startRun } from "./start";

/*
 * What people do to runs: the operation and its entry in the trail. The entry is written when the operation is on record and
 * before its first step, so neither is there without the other for longer than it takes somebody to go on with it.
 */

export function cancel(scope: WorkspaceScope, { runId }: RunInput): Promise<MutationResult> {
  return cancelRun(scope, runId, {
    onStep: async (step, control) => {
      if (step === "taken") await noteOperation(scope, runId, { ...control, kind: "cancel" });
    },
  });
}

export function retryChosen(
  scope: WorkspaceScope,
  { runId, taskIds, force }: RetryTasksInput,
): Promise<MutationResult> {
  return retryTasks(scope, runId, taskIds, { force, onStep: noting(scope, runId) });
}

export function retryAllFailed(
  scope: WorkspaceScope,
  { runId, force }: RetryFailedInput,
): Promise<MutationResult> {
  return retryFailed(scope, runId, { force, onStep: noting(scope, runId) });
}

export async function retryWhole(scope: WorkspaceScope, input: RetryRunInput): Promise<MutationResult> {
  const asked = { triggeredBy: await nameOf(scope), untold: toBeTold(scope, new Date()) };
  return afterStart(scope, await retryRun(scope, { ...input, ...asked }));
}

export async function start(scope: WorkspaceScope, input: StartRunInput): Promise<MutationResult> {
  const asked = { triggeredBy: await nameOf(scope), untold: toBeTold(scope, new Date()) };
  return afterStart(scope, await startRun(scope, { ...input, ...asked }));
}

function noting(scope: WorkspaceScope, runId: string) {
  return async (step: RetryStep, control: Pick<Control, "seq" | "targets">) => {
    if (step === "taken") await noteOperation(scope, runId, { ...control, kind: "retry" });
  };
}

async function afterStart(scope: WorkspaceScope, started: Started): Promise<MutationResult> {
  if (!started.ok) return started;
  await noteStart(scope, started.runId);
  return { ok: true, goTo: `/w/${scope.workspaceSlug}/runs/${started.runId}` };
}

/** A run says by name who made it, and says so when that person has left. */
async function nameOf(scope: WorkspaceScope): Promise<string> {
  const names = await namesOf(scope, [scope.userId]);
  return (scope.userId && names.get(scope.userId)) ?? scope.actor;
}
