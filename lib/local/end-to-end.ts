import { existsSync } from "node:fs";
import path from "node:path";
import { demoEnvironment } from "./environment";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { choosePort } from "./ports";
import { prepareStores, seed } from "./prepare";
import { endProcess, identify } from "./processes";
import { runTool, tools } from "./proof";
import { type Counts, countPlaywright } from "./test-report";
import type { TestRun } from "./test-run";
import { startWeb, startWorker, untilAnswers } from "./web";

/**
 * Playwright against the production build, with a web server, a worker and databases of its own. `args` are Playwright's:
 * files, `-g` and their like.
 */
export async function runEndToEnd(
  run: TestRun,
  build: string,
  signal: AbortSignal,
  args: string[] = [],
): Promise<Counts> {
  if (!existsSync(path.join(projectRoot, "e2e", "playwright.config.ts"))) {
    throw new Failure("e2e/playwright.config.ts is missing.", "Restore the folder e2e.");
  }
  const port = await choosePort(undefined);
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...(await run.environment("e2e", url)), ...demoEnvironment };
  await prepareStores(run.services, environment.MONGODB_DATABASE, environment, signal);
  await seed(signal);

  const logs = path.join(run.home.dir, "logs");
  const children = [
    startWeb(build, port, { env: environment, log: path.join(logs, "web.log") }),
    startWorker({ env: environment, log: path.join(logs, "worker.log") }),
  ];
  try {
    await untilAnswers(`${url}/sign-in`, signal);
    const report = path.join(run.folder, "playwright.json");
    const env = {
      ...environment,
      E2E_BASE_URL: url,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      // Journeys that run commands mean this project, wherever `npm test` was typed.
      INIT_CWD: projectRoot,
    };
    const status = await runTool([tools.playwright, "test", "-c", "e2e", ...args], signal, env);
    return countPlaywright(report, status);
  } finally {
    await Promise.all(
      children.map(({ pid }) => (pid === undefined ? true : endProcess(identify(pid), { group: true }))),
    );
  }
}
