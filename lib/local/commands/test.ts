import path from "node:path";
import { productionBuild } from "../build";
import { ensureChromium } from "../chromium";
import type { Command } from "../cli";
import { runEndToEnd } from "../end-to-end";
import { Failure } from "../failure";
import { openHome } from "../home";
import { fallSilent, say, seconds } from "../progress";
import { beginProof, checkLint, checkTypes } from "../proof";
import { beginS3ForRun } from "../s3/for-run";
import { acquireServices } from "../services";
import { failureIn, lastLine, namedTests, noCounts } from "../test-report";
import { beginTestRun, runVitest, type TestRun } from "../test-run";

/** The whole proof. Every part runs, whatever failed before it; the last line is the sum. */
export const run: Command = async (_args, signal) => {
  const since = performance.now();
  const proof = beginProof(signal);
  const home = openHome("test");
  let testRun: TestRun | undefined;
  let build: string | undefined;
  const s3 = beginS3ForRun(home.engineDir, signal);
  // Awaited where it is used; a stop before that must not end this process with an unhandled rejection.
  s3.catch(() => {});
  try {
    await proof.part("Types", () => checkTypes(signal));
    await proof.part("Lint", () => checkLint(signal));
    await proof.part("Services", async () => {
      testRun = await beginTestRun(home, await acquireServices(home, "npm test", signal));
      return noCounts;
    });
    const services = testRun;
    if (services) {
      const { environment } = await s3;
      await proof.part("Unit and integration tests", () => runVitest(services, [], signal, environment));
    }
    await proof.part("Production build", async () => {
      build = await productionBuild(path.dirname(home.dir), signal);
      return noCounts;
    });
    await proof.part("End to end", async () => {
      if (!services || !build)
        throw new Failure("There is no build or no services to run against.", "See above.");
      await ensureChromium(signal);
      return runEndToEnd(services, build, signal);
    });
    say(`\nThe whole proof took ${seconds(since)}`);
  } finally {
    fallSilent();
    await s3.then(({ stop }) => stop()).catch(() => {});
    await testRun?.end().catch((error: unknown) => {
      console.error(error);
      proof.counts.push(failureIn("clearing up"));
    });
  }
  process.stdout.write(`${[...namedTests(proof.counts), lastLine(proof.counts)].join("\n")}\n`);
  return proof.failed() ? 1 : 0;
};
