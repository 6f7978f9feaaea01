import { rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { productionBuild } from "../build";
import type { Command } from "../cli";
import { appEnvironment, demoEnvironment, localDatabase } from "../environment";
import { type Home, openHome } from "../home";
import { endLeftovers, keepRunning } from "../keep-running";
import { isRunning, type LockOwner, tryLock } from "../lock.mjs";
import { closeStores, prepareStores, seed } from "../prepare";
import { say, seconds, step } from "../progress";
import { acquireServices, type Services } from "../services";
import { startWeb, startWorker, untilAnswers, webPort } from "../web";

const urlFile = (home: Home) => path.join(home.dir, "demo-url");

/** Everything, from nothing to the first page, and then alive until it is stopped. */
export const run: Command = async (_args, signal) => {
  const since = performance.now();
  const home = openHome("local");
  for (;;) {
    const lock = tryLock(path.join(home.dir, "demo.lock"), "npm run demo");
    if (!lock.held) {
      if (await showRunning(home, lock.owner, signal)) return 0;
      continue;
    }
    try {
      const services = await acquireServices(home, "npm run demo", signal);
      try {
        return await serve(home, services, since, signal);
      } finally {
        await closeStores();
        await services.release();
      }
    } finally {
      lock.release();
    }
  }
};

async function serve(home: Home, services: Services, since: number, signal: AbortSignal): Promise<number> {
  await endLeftovers(home, ["web server", "worker"]);
  const port = await webPort();
  const url = `http://localhost:${port}`;
  const env = { ...appEnvironment(home, services, url), ...demoEnvironment };
  await prepareStores(services, localDatabase, env, signal);
  await seed(signal);
  const build = await productionBuild(path.dirname(home.dir), signal);

  const logs = path.join(home.dir, "logs");
  const webLog = path.join(logs, "web.log");
  const workerLog = path.join(logs, "worker.log");
  const ready = performance.now();
  const web = keepRunning({
    home,
    name: "web server",
    log: webLog,
    start: () => startWeb(build, port, { env, log: webLog }),
  });
  const worker = keepRunning({
    home,
    name: "worker",
    log: workerLog,
    start: () => startWorker({ env, log: workerLog }),
  });
  try {
    await Promise.race([untilAnswers(`${url}/sign-in`, signal), web.gaveUp]);
    say(`Web server and worker: /sign-in answers, ${seconds(ready)}`);
    writeFileSync(urlFile(home), url);
    await greet(
      url,
      `From start to first page ${seconds(since)}. Ctrl-C stops everything; logs are in ${logs}`,
    );
    await Promise.race([services.watch(signal), web.gaveUp, worker.gaveUp]);
    return 0;
  } catch (error) {
    // Being stopped is how a demo ends well.
    if (signal.aborted) return 0;
    throw error;
  } finally {
    rmSync(urlFile(home), { force: true });
    await Promise.all([web.stop(), worker.stop()]);
  }
}

async function greet(url: string, last: string): Promise<void> {
  const { demoSignIns } = await import("@/lib/demo/sign-ins");
  const width = Math.max(...demoSignIns.map(({ email }) => email.length));
  say(`\nStrata is ready: ${url}  (workspace: demo)\n`);
  for (const { email, password, role } of demoSignIns) say(`  ${email.padEnd(width)}  ${password}  ${role}`);
  say(`\n${last}`);
}

/** A second start while one is up: shows where it is. False when that one went away before it was ready. */
async function showRunning(home: Home, owner: LockOwner, signal: AbortSignal): Promise<boolean> {
  return step(
    `Process ${owner.pid} runs the demo already`,
    async () => {
      while (isRunning(owner)) {
        const url = await readFile(urlFile(home), "utf8").catch(() => null);
        if (url) {
          await untilAnswers(`${url}/sign-in`, signal);
          await greet(url, `It belongs to process ${owner.pid}: stop it there.`);
          return true;
        }
        await delay(200, undefined, { signal });
      }
      return false;
    },
    () => null,
  );
}
