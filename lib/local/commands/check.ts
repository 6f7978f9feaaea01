import type { Command } from "../cli";
import { openHome } from "../home";
import { say } from "../progress";
import { beginProof, checkLint, checkTypes } from "../proof";
import { acquireServices } from "../services";
import { lastLine, namedTests } from "../test-report";
import { beginTestRun, runVitest } from "../test-run";

/** Types, lint, and every test of the product itself: all but those of the local services, which take their time. */
export const run: Command = async (_args, signal) => {
  const proof = beginProof(signal);
  await proof.part("Types", () => checkTypes(signal));
  await proof.part("Lint", () => checkLint(signal));
  const home = openHome("test");
  const testRun = await beginTestRun(home, await acquireServices(home, "npm run check", signal));
  try {
    await proof.part("Tests", () => runVitest(testRun, ["--exclude", "lib/local/**"], signal));
  } finally {
    await testRun.end();
  }
  for (const line of [...namedTests(proof.counts), lastLine(proof.counts)]) say(line);
  return proof.failed() ? 1 : 0;
};
