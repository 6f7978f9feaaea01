import path from "node:path";
import type { Command } from "../cli";
import { appEnvironment, demoEnvironment, localDatabase } from "../environment";
import { Failure } from "../failure";
import { openHome } from "../home";
import { endLeftovers, keepRunning } from "../keep-running";
import { tryLock } from "../lock.mjs";
import { closeStores, prepareStores, seed } from "../prepare";
import { say, seconds } from "../progress";
import { acquireServices } from "../services";
import { startDevServer, startWorker, untilAnswers, webPort } from "../web";

/** The same services and data as the demo, with a web server that follows the sources. */
export const run: Command = async (_args, signal) => {
  const since = performance.now();
  const home = openHome("local");
  const lock = tryLock(path.join(home.dir, "dev.lock"), "npm run dev");
  if (!lock.held)
    throw new Failure(
      `Process ${lock.owner.pid} runs \`npm run dev\` here already.`,
      "Use that one, or stop it first.",
    );
  try {
    const services = await acquireServices(home, "npm run dev", signal);
    try {
      await endLeftovers(home, ["dev server", "dev worker"]);
      const port = await webPort();
      const env = { ...appEnvironment(home, services, `http://localhost:${port}`), ...demoEnvironment };
      await prepareStores(services, localDatabase, env, signal);
      await seed(signal);
      const log = path.join(home.dir, "logs", "dev-worker.log");
      const web = keepRunning({
        home,
        name: "dev server",
        log: "above",
        start: () => startDevServer(port, env),
      });
      const worker = keepRunning({ home, name: "dev worker", log, start: () => startWorker({ env, log }) });
      try {
        await Promise.race([untilAnswers(`http://localhost:${port}/sign-in`, signal, 120_000), web.gaveUp]);
        say(`Strata for development: http://localhost:${port}, ${seconds(since)}. Ctrl-C stops everything.`);
        await Promise.race([services.watch(signal), web.gaveUp, worker.gaveUp]);
      } finally {
        await Promise.all([web.stop(), worker.stop()]);
      }
    } finally {
      await closeStores();
      await services.release();
    }
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  } finally {
    lock.release();
  }
  return 0;
};
