import "server-only";
import { eq, lt, sql } from "drizzle-orm";
import { taskWorkers } from "@/drizzle/schema/task-workers";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { inPlatform, inScope, type Transaction } from "@/lib/db/in-scope";

export interface WorkerSign {
  workerId: string;
  executors: string[];
  slots: number;
  busy: number;
  version: string | null;
}

/** A worker of the platform says that it is there. */
export function reportPlatformWorker(scope: PlatformScope, sign: WorkerSign): Promise<void> {
  return inPlatform(scope, (tx) => upsert(tx, `platform:${sign.workerId}`, null, sign));
}

/** It says that it goes. */
export async function forgetPlatformWorker(scope: PlatformScope, workerId: string): Promise<void> {
  await inPlatform(scope, (tx) => tx.delete(taskWorkers).where(eq(taskWorkers.id, `platform:${workerId}`)));
}

const quietMs = 5_000;
/** When each worker was put on record by this process last: a worker that asks often is not written often. */
const reportedAt = new Map<string, number>();

/** A worker of one workspace was heard of. */
export async function reportWorkspaceWorker(scope: WorkspaceScope, sign: WorkerSign): Promise<void> {
  const id = `${scope.workspaceId}:${sign.workerId}`;
  const now = performance.now();
  const key = `${id} ${sign.executors} ${sign.busy}`;
  if (now - (reportedAt.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
  for (const [other, at] of reportedAt) if (now - at > quietMs) reportedAt.delete(other);
  reportedAt.set(key, now);
  await inScope(scope, (tx) => upsert(tx, id, scope.workspaceId, sign));
}

async function upsert(
  tx: Transaction,
  id: string,
  workspaceId: string | null,
  { workerId: worker, ...rest }: WorkerSign,
): Promise<void> {
  const seenAt = sql`now()`;
  await tx
    .insert(taskWorkers)
    .values({ id, workspaceId, worker, ...rest, seenAt })
    .onConflictDoUpdate({ target: taskWorkers.id, set: { ...rest, seenAt } });
  await tx.delete(taskWorkers).where(lt(taskWorkers.seenAt, sql`now() - interval '1 hour'`));
}
