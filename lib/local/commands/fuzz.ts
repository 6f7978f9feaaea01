import { parseArgs } from "node:util";
import type { Command } from "../cli";
import { Failure, reasonOf } from "../failure";
import { openHome } from "../home";
import { say } from "../progress";
import { acquireServices } from "../services";
import { lastLine } from "../test-report";
import { beginTestRun, runVitest } from "../test-run";

const usage = "Usage: npm run fuzz -- logs [--bodies 20000] [--seed 1]";

/** Sends seeded hostile bodies through every door for logs. Exit status 1 when one was not dealt with as promised. */
export const run: Command = async (args, signal) => {
  const plan = readArguments(args);
  const home = openHome("test");
  const testRun = await beginTestRun(home, await acquireServices(home, "npm run fuzz", signal));
  try {
    const counts = await runVitest(testRun, ["lib/logs/fuzz.test.ts"], signal, plan);
    say(lastLine([counts]));
    return counts.failed > 0 ? 1 : 0;
  } finally {
    await testRun.end();
  }
};

function readArguments(args: string[]) {
  const options = {
    bodies: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(reasonOf(error), usage);
  }
  const { values, positionals } = read;
  if (positionals.length !== 1 || positionals[0] !== "logs")
    throw new Failure("Name what to send hostile bodies to: logs.", usage);
  for (const name of ["bodies", "seed"] as const)
    if (!/^[1-9]\d{0,6}$/.test(values[name])) throw new Failure(`--${name} must be a whole number.`, usage);
  return { STRATA_FUZZ_BODIES: values.bodies, STRATA_FUZZ_SEED: values.seed };
}
