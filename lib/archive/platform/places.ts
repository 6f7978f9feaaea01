import "server-only";
import { eq, inArray } from "drizzle-orm";
import { canaryState } from "@/drizzle/schema/canary-state";
import { objectSweeps } from "@/drizzle/schema/object-sweeps";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { PlatformScope } from "@/lib/auth/access";
import { inPlatform } from "@/lib/db/in-scope";
import type { LastSweep } from "./schema";

export interface PlacedWorkspace {
  workspaceId: string;
  slug: string;
  name: string;
  isCanary: boolean;
  sweep: LastSweep | null;
}

const fields = {
  workspaceId: workspaces.id,
  slug: workspaces.slug,
  name: workspaces.name,
  canary: canaryState.id,
  sweep: {
    sweptAt: objectSweeps.sweptAt,
    dryRun: objectSweeps.dryRun,
    orphans: objectSweeps.orphans,
    orphanBytes: objectSweeps.orphanBytes,
    deleted: objectSweeps.deleted,
    waiting: objectSweeps.waiting,
    unexplained: objectSweeps.unexplained,
  },
};

/** Names of the workspaces that logs belong to, and what was last found in their part of the object store. */
export async function listPlaces(
  scope: PlatformScope,
  ids: readonly string[],
): Promise<Map<string, PlacedWorkspace>> {
  if (ids.length === 0) return new Map();
  const found = await inPlatform(scope, (tx) =>
    tx
      .select(fields)
      .from(workspaces)
      .leftJoin(canaryState, eq(canaryState.workspaceId, workspaces.id))
      .leftJoin(objectSweeps, eq(objectSweeps.workspaceId, workspaces.id))
      .where(inArray(workspaces.id, [...ids])),
  );
  return new Map(found.map((row) => [row.workspaceId, toPlace(row)]));
}

/** The workspace of an address; null when there is none. */
export async function getPlace(scope: PlatformScope, slug: string): Promise<PlacedWorkspace | null> {
  const [row] = await inPlatform(scope, (tx) =>
    tx
      .select(fields)
      .from(workspaces)
      .leftJoin(canaryState, eq(canaryState.workspaceId, workspaces.id))
      .leftJoin(objectSweeps, eq(objectSweeps.workspaceId, workspaces.id))
      .where(eq(workspaces.slug, slug))
      .limit(1),
  );
  return row ? toPlace(row) : null;
}

interface Row extends Omit<PlacedWorkspace, "isCanary" | "sweep"> {
  canary: string | null;
  sweep: (Omit<LastSweep, "sweptAt"> & { sweptAt: Date }) | null;
}

function toPlace({ canary, sweep, ...place }: Row): PlacedWorkspace {
  return {
    ...place,
    isCanary: canary !== null,
    sweep: sweep && { ...sweep, sweptAt: sweep.sweptAt.toISOString() },
  };
}
