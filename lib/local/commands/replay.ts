import path from "node:path";
import { AppError } from "@/lib/errors";
import type { Command } from "../cli";
import { appEnvironment, localDatabase } from "../environment";
import { openHome } from "../home";
import { closeStores, ensureDemoWorkspace, prepareStores } from "../prepare";
import { endProcess, identify } from "../processes";
import { fallSilent } from "../progress";
import { readArguments } from "../replay/arguments";
import { acquireServices } from "../services";
import { startWorker } from "../web";

/**
 * Replays recorded runs in the data of the demo, with the demo's services while it is up. The tasks are done by an ordinary
 * worker process of its own; that of a running demo takes part.
 */
export const run: Command = async (args, signal) => {
  // Files are named from where the person stands; npm runs commands in the project.
  const project = process.cwd();
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  const wish = readArguments(args);
  const sources = wish.sources.map((source) => (source.startsWith("run-") ? source : path.resolve(source)));
  process.chdir(project);
  const home = openHome("local");
  const services = await acquireServices(home, "npm run replay", signal);
  try {
    const environment = appEnvironment(home, services, `http://localhost:${process.env.PORT ?? 3000}`);
    await prepareStores(services, localDatabase, environment, signal);
    if (services.postgres) await ensureDemoWorkspace(signal);
    const worker = startWorker({
      // It works on tasks; the runs that the demo makes by itself are the demo's business.
      env: { ...environment, STRATA_WORKER_SLOTS: String(wish.slots), STRATA_DEMO: "" },
      log: path.join(home.dir, "logs", "replay-worker.log"),
    });
    try {
      const { replayRuns } = await import("../replay/replay-runs");
      // It hears the signal itself: what it has begun is cancelled while the stores are still there.
      return await replayRuns({ ...wish, sources }, signal);
    } finally {
      if (worker.pid !== undefined) await endProcess(identify(worker.pid), { group: true });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    fallSilent();
    await closeStores();
    await services.release();
  }
};
