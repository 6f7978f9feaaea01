import { setTimeout as sleep } from "node:timers/promises";

/** On globalThis: the route that completes a task and the one that waits for the next are bundles of their own. */
const holder = globalThis as typeof globalThis & { strataWaitingWorkers?: Map<string, Set<AbortController>> };

function waiting(): Map<string, Set<AbortController>> {
  holder.strataWaitingWorkers ??= new Map();
  return holder.strataWaitingWorkers;
}

/** A task of this workspace may have become ready through this very process: those who wait look at once. */
export function wakeWorkers(workspaceId: string): void {
  for (const each of waiting().get(workspaceId) ?? []) each.abort();
}

/** Until then, until somebody wakes it, or until `signal`. */
export async function untilWoken(workspaceId: string, ms: number, signal: AbortSignal): Promise<void> {
  const woken = new AbortController();
  const others = waiting().get(workspaceId) ?? new Set();
  waiting().set(workspaceId, others.add(woken));
  try {
    await sleep(ms, undefined, { signal: AbortSignal.any([woken.signal, signal]) });
  } catch {
    // Woken, or gone: whoever waits looks for itself.
  } finally {
    others.delete(woken);
    if (others.size === 0) waiting().delete(workspaceId);
  }
}
