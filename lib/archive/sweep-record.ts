import "server-only";
import { objectSweeps } from "@/drizzle/schema/object-sweeps";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import type { SweepReport } from "./sweep";

/** Puts on record what a look for orphans found: listing a bucket takes too long for a page that asks. */
export async function recordSweep(
  scope: WorkspaceScope,
  report: SweepReport,
  dryRun: boolean,
): Promise<void> {
  const found = {
    sweptAt: new Date(),
    dryRun,
    orphans: report.orphans.length,
    orphanBytes: report.orphanBytes,
    deleted: report.deleted,
    waiting: report.waiting,
    unexplained: report.unexplained.length,
  };
  await inScope(scope, (tx) =>
    tx
      .insert(objectSweeps)
      .values({ workspaceId: scope.workspaceId, ...found })
      .onConflictDoUpdate({ target: objectSweeps.workspaceId, set: found }),
  );
}
