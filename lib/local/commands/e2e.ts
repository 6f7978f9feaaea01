import path from "node:path";
import { productionBuild } from "../build";
import { ensureChromium } from "../chromium";
import type { Command } from "../cli";
import { runEndToEnd } from "../end-to-end";
import { openHome } from "../home";
import { say } from "../progress";
import { acquireServices } from "../services";
import { lastLine, namedTests } from "../test-report";
import { beginTestRun } from "../test-run";

/** Journeys alone, as `npm test` runs them: all, or those that Playwright's own arguments choose. */
export const run: Command = async (args, signal) => {
  const home = openHome("test");
  const testRun = await beginTestRun(home, await acquireServices(home, "npm run e2e", signal));
  try {
    const build = await productionBuild(path.dirname(home.dir), signal);
    await ensureChromium(signal);
    const counts = await runEndToEnd(testRun, build, signal, args);
    for (const line of [...namedTests([counts]), lastLine([counts])]) say(line);
    return counts.failed > 0 ? 1 : 0;
  } finally {
    await testRun.end();
  }
};
