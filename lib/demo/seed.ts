import "server-only";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { RunWithTasks } from "@/lib/runs/create";
import { holdGateway, restoreGateway, retireMigration } from "./archive-acts";
import { archivedEpisodes, writeEpisode } from "./archived-episodes";
import { storeArtifacts } from "./artifacts";
import { storeInputs } from "./inputs";
import { writeTaskLogs } from "./logs";
import { importRealFiles } from "./real-files";
import { makeRedactionRules } from "./redaction-rules";
import { placeWorkflows, planPast, storePast } from "./runs";
import { markDone, readSeedState } from "./seed-state";
import { isDemo, seedDemoPeople } from "./sign-ins";
import type { DemoWorkflow } from "./workflow-graph";
import { placeHistory } from "./workflow-history";
import { demoWorkflows, neighbourWorkflows } from "./workflows";

export interface SeedOptions {
  onProgress?: (line: string) => void;
  /** Folder of real input files, when somebody has one. */
  dataDir?: string | null;
  /** A smaller demo, for tests: how many runs, and what share of the rows of long episodes. */
  size?: { runs: number; rowShare: number };
}

const oldestDefinitionMs = 9 * 86_400_000;

/**
 * Fills the demo: people, two workspaces with a past, logs, an archive. A finished stage is noted and passed over; what a
 * stage writes has ids that follow from the anchor, so one that was interrupted is done again and only completed.
 */
export async function seedDemo({
  onProgress = () => {},
  dataDir = null,
  size = { runs: Number.POSITIVE_INFINITY, rowShare: 1 },
}: SeedOptions = {}): Promise<void> {
  if (!isDemo() && process.env.NODE_ENV !== "test") {
    throw new AppError("forbidden", "The demo's content is made only with STRATA_DEMO=1.");
  }
  const demo = (await scopeForCommand("demo")) ?? (await afterPeople());
  const { anchor, done } = await readSeedState(demo);
  const stage = async (name: string, work: () => Promise<void>) => {
    if (done.includes(name)) return;
    await work();
    await markDone(demo, name);
  };
  const past = async (scope: WorkspaceScope, workflows: readonly DemoWorkflow[]): Promise<RunWithTasks[]> => {
    const placed = await placeWorkflows(scope, workflows, new Date(anchor.getTime() - oldestDefinitionMs));
    return planPast(scope, placed, anchor, size.runs);
  };

  await stage("people", seedDemoPeople);
  await stage("inputs", () => storeInputs(demo, anchor));
  await stage("workflow history", () => placeHistory(demo, anchor));
  await stage("runs", async () => {
    onProgress("runs of the last seven days");
    const runs = await past(demo, demoWorkflows);
    await storePast(demo, runs);
    await storeArtifacts(demo, runs);
    const harbor = await scopeForCommand("harbor");
    if (harbor) await storePast(harbor, await past(harbor, neighbourWorkflows));
  });
  // Before our own logs, which are younger: lists show first what was written last.
  if (dataDir !== null) await importRealFiles(demo, dataDir, stage, onProgress);
  await sideBySide([
    () =>
      stage("task logs", async () => {
        await writeTaskLogs(demo, await past(demo, demoWorkflows), anchor, (written, total) =>
          onProgress(`task logs ${written} of ${total}`),
        );
      }),
    async () => {
      for (const episode of archivedEpisodes(size.rowShare)) {
        await stage(`episode ${episode.episodeId}`, () => writeEpisode(demo, episode, anchor, onProgress));
      }
    },
  ]);
  await stage("archive hold", () => holdGateway(demo));
  await stage("archive restore", () => restoreGateway(demo));
  await stage("archive retention", () => retireMigration(demo, anchor));
  // Last, so that the demo's past is stored as it is told.
  await stage("redaction rules", () => makeRedactionRules(demo));
}

async function afterPeople(): Promise<WorkspaceScope> {
  await seedDemoPeople();
  const scope = await scopeForCommand("demo");
  if (!scope) throw new Error("Assumed workspace demo to exist after the demo's people were made");
  return scope;
}

/** Uses both cores of a small machine. All have ended, well or not, when the first failure is thrown. */
async function sideBySide(works: (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(works.map((work) => work()));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
