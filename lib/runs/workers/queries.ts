import "server-only";
import { and, arrayContains, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { taskWorkers } from "@/drizzle/schema/task-workers";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import type { LiveWorker } from "./schema";

/** Silent for longer, and a worker counts as gone. Ours speak every ten seconds, others at least as often as they poll. */
const liveSeconds = 60;

/** The workers that would take tasks of this workspace now: those of the platform and its own. */
export async function listLiveWorkers(scope: WorkspaceScope, executor?: string): Promise<LiveWorker[]> {
  const found = await inScope(scope, (tx) =>
    tx
      .select()
      .from(taskWorkers)
      .where(
        and(
          or(isNull(taskWorkers.workspaceId), eq(taskWorkers.workspaceId, scope.workspaceId)),
          gt(taskWorkers.seenAt, sql`now() - make_interval(secs => ${liveSeconds})`),
          executor === undefined ? undefined : arrayContains(taskWorkers.executors, [executor]),
        ),
      )
      .orderBy(desc(taskWorkers.seenAt), taskWorkers.id)
      .limit(200),
  );
  return found.map(({ worker, executors, slots, busy, version, workspaceId, seenAt }) => ({
    worker,
    executors,
    slots,
    busy,
    version,
    external: workspaceId !== null,
    seenAt: seenAt.toISOString(),
  }));
}
