import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { TokenBucket } from "@/lib/logs/token-bucket";

/** Calls of all workers of a workspace to one web process. Far above what waiting workers make; they stop a loop without a pause. */
export const callsPerSecond = 100;
const burstSeconds = 5;
/** Requests of a workspace that wait for a task; each holds a connection. */
export const mostWaiting = 100;
/** Buckets of workspaces that have not called for long are full, so forgetting them changes nothing. */
const mostBuckets = 10_000;

interface State {
  buckets: Map<string, TokenBucket>;
  waiting: Map<string, number>;
}

/** On globalThis: every bundle of this process must count together. */
const holder = globalThis as typeof globalThis & { strataWorkerCalls?: State };

function state(): State {
  holder.strataWorkerCalls ??= { buckets: new Map(), waiting: new Map() };
  return holder.strataWorkerCalls;
}

export function countCall({ workspaceId }: WorkspaceScope): void {
  const { buckets } = state();
  if (buckets.size > mostBuckets) buckets.clear();
  const bucket =
    buckets.get(workspaceId) ??
    new TokenBucket(callsPerSecond, callsPerSecond * burstSeconds, () => performance.now());
  buckets.set(workspaceId, bucket);
  const waitMs = bucket.waitMs();
  if (waitMs > 0) {
    throw new AppError(
      "rate_limited",
      `The workers of this workspace make more than ${callsPerSecond} calls a second. Let a claim wait (waitMs) instead of asking again at once.`,
      { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
    );
  }
  bucket.take(1);
}

/** A place among those that wait for a task; throws when there is none. */
export function takeWaitingPlace({ workspaceId }: WorkspaceScope): { leave: () => void } {
  const { waiting } = state();
  const others = waiting.get(workspaceId) ?? 0;
  if (others >= mostWaiting) {
    throw new AppError(
      "rate_limited",
      `${mostWaiting} requests of this workspace wait for a task at this server already. Claim without waitMs, or come again later.`,
      { retryAfterSeconds: 5 },
    );
  }
  waiting.set(workspaceId, others + 1);
  return {
    leave: () => {
      const left = (waiting.get(workspaceId) ?? 1) - 1;
      if (left > 0) waiting.set(workspaceId, left);
      else waiting.delete(workspaceId);
    },
  };
}
