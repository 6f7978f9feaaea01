import "server-only";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { placeWorkflows, planPast, storePast } from "./runs";
import { markDone, readSeedState } from "./seed-state";
import { isDemo, seedDemoPeople } from "./sign-ins";
import { demoWorkflows, neighbourWorkflows } from "./workflows";

export interface SeedOptions {
  onProgress?: (line: string) => void;
  /** Folder of real input files, when somebody has one. */
  dataDir?: string | null;
}

/**
 * Fills the demo: people, two workspaces with a past, logs, an archive. Each stage is noted when it is complete and
 * everything has an id that follows from the anchor, so an interrupted seed goes on and a finished one is passed over.
 */
export async function seedDemo({ onProgress = () => {}, dataDir = null }: SeedOptions = {}): Promise<void> {
  if (!isDemo() && process.env.NODE_ENV !== "test") {
    throw new AppError("forbidden", "The demo's content is made only with STRATA_DEMO=1.");
  }
  void dataDir;
  await seedDemoPeople();
  const demo = await workspaceOf("demo");
  const { anchor, done } = await readSeedState(demo);
  const stage = async (scope: WorkspaceScope, name: string, work: () => Promise<void>) => {
    if (done.includes(name)) return;
    onProgress(name);
    await work();
    await markDone(demo, name);
    void scope;
  };
  await stage(demo, "runs", async () => {
    const placed = await placeWorkflows(demo, demoWorkflows, new Date(anchor.getTime() - 9 * 86_400_000));
    await storePast(demo, planPast(demo, placed, anchor));
  });
  await stage(demo, "neighbour", async () => {
    const harbor = await workspaceOf("harbor");
    const placed = await placeWorkflows(
      harbor,
      neighbourWorkflows,
      new Date(anchor.getTime() - 9 * 86_400_000),
    );
    await storePast(harbor, planPast(harbor, placed, anchor));
  });
}

async function workspaceOf(slug: string): Promise<WorkspaceScope> {
  const scope = await scopeForCommand(slug);
  if (!scope) throw new Error(`Assumed workspace ${slug} to exist after the demo's people were made`);
  return scope;
}
