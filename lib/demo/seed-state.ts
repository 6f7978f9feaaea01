import "server-only";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";

/** Raised when the demo gets new content: a workspace seeded by an older version is then completed. */
const version = 1;

const seedState = z.object({
  version: z.literal(version),
  /** The moment the demo's past ends at. Kept, so that a seed that was interrupted goes on with the same past. */
  anchor: z.iso.datetime().transform((text) => new Date(text)),
  done: z.array(z.string()),
});
export type SeedState = z.output<typeof seedState>;

/** How far the seed of this workspace has come; the first call fixes the anchor. */
export function readSeedState(scope: WorkspaceScope): Promise<SeedState> {
  return inScope(scope, async (tx) => {
    const [row] = await tx
      .select({ settings: workspaces.settings })
      .from(workspaces)
      .where(eq(workspaces.id, scope.workspaceId))
      .for("update");
    const present = seedState.safeParse(row?.settings.demoSeed);
    if (present.success) return present.data;
    const started: SeedState = {
      version,
      anchor: new Date(Math.floor(Date.now() / 60_000) * 60_000),
      done: [],
    };
    await write(tx, scope, { ...row?.settings, demoSeed: started });
    return started;
  });
}

export function markDone(scope: WorkspaceScope, stage: string): Promise<void> {
  return inScope(scope, async (tx) => {
    const [row] = await tx
      .select({ settings: workspaces.settings })
      .from(workspaces)
      .where(eq(workspaces.id, scope.workspaceId))
      .for("update");
    const state = seedState.parse(row?.settings.demoSeed);
    await write(tx, scope, {
      ...row?.settings,
      demoSeed: { ...state, done: [...new Set([...state.done, stage])] },
    });
  });
}

async function write(
  tx: Parameters<Parameters<typeof inScope>[1]>[0],
  scope: WorkspaceScope,
  settings: Record<string, unknown>,
): Promise<void> {
  await tx.update(workspaces).set({ settings }).where(eq(workspaces.id, scope.workspaceId));
}
