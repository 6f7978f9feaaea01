import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type Held, heartbeatTask } from "../advance";
import { TaskStop } from "./stop";

export const heartbeatMs = 10_000;
/** Without an answer for this long the lease (30 s) may be somebody else's any moment. */
const silentMs = 25_000;
/** A heartbeat that failed is tried again soon: two of them fit into a lease, four of these. */
const retryMs = 2_500;

/**
 * Keeps the lease of a task until `ended`, and aborts `control` when somebody wants it cancelled or when it is another worker's.
 * The time is counted from before a heartbeat was sent, so this side never believes in a lease that is over.
 */
export async function keepLease(
  scope: WorkspaceScope,
  held: Held,
  control: AbortController,
  ended: AbortSignal,
  everyMs = heartbeatMs,
): Promise<void> {
  let heardAt = performance.now();
  let pauseMs = everyMs;
  for (;;) {
    await sleep(pauseMs, undefined, { signal: ended, ref: false }).catch(() => {});
    if (ended.aborted) return;
    const askedAt = performance.now();
    try {
      const answer = await heartbeatTask(scope, held);
      if (answer === "lost") return control.abort(new TaskStop("lost"));
      if (answer === "cancel") control.abort(new TaskStop("cancelled"));
      heardAt = askedAt;
      pauseMs = everyMs;
    } catch {
      if (performance.now() - heardAt > silentMs) return control.abort(new TaskStop("lost"));
      pauseMs = Math.min(retryMs, everyMs);
    }
  }
}
