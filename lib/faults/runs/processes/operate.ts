import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { cancelRun } from "@/lib/runs/control/cancel";
import { retryRun } from "@/lib/runs/control/retry-run";
import { retryFailed, retryTasks } from "@/lib/runs/control/retry-tasks";
import { startRun } from "@/lib/runs/start";
import type { Wish } from "../../child/protocol";

type Asked = Promise<{ ok: boolean }>;

/** Carries out what somebody wishes of a run; `onPoint` is told of every step. */
export function operate(
  scope: WorkspaceScope,
  wish: Wish,
  onPoint: (point: string) => Promise<void> | void,
): Asked {
  const onStep = async (step: string) => onPoint(step);
  switch (wish.act) {
    case "cancel":
      return cancelRun(scope, wish.runId, { onStep });
    case "retry_failed":
      return retryFailed(scope, wish.runId, { force: true, onStep });
    case "retry_tasks":
      return retryTasks(scope, wish.runId, wish.targets, { force: true, onStep });
    case "retry_run":
      return retryRun(scope, { runId: wish.runId, idempotencyKey: wish.key }, onStep);
    case "start":
      return startRun(
        scope,
        { workflowId: wish.workflowId, inputBindings: [], idempotencyKey: wish.key },
        onStep,
      );
  }
}
