import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { isFaultSuite } from "@/lib/faults/suites";
import type { Command } from "../cli";
import { Failure, reasonOf } from "../failure";
import { engineControl, s3ForFaults } from "../fault-services";
import { openHome, projectRoot } from "../home";
import { prepareStores } from "../prepare";
import { say, seconds } from "../progress";
import { beginS3ForRun, type S3ForRun } from "../s3/for-run";
import { acquireServices } from "../services";
import { beginTestRun } from "../test-run";

const usage =
  "Usage: npm run faults -- logs|runs [--seeds N] [--from N] [--seed S] [--only F12,F21] [--parallel 2] [--minutes M] [--json file] [--mutate all]";

/** Runs seeded faults on services of their own, which the faults may kill. Exit status 1 when an invariant was violated. */
export const run: Command = async (args, signal) => {
  const since = performance.now();
  const { json, mutants, ...options } = readArguments(args);
  const home = openHome("faults");
  const services = await acquireServices(home, "npm run faults", signal);
  const watching = new AbortController();
  // What a fault kills is started again by this; it ends with the run.
  services.watch(watching.signal).catch(() => {});
  const testRun = await beginTestRun(home, services);
  let s3: S3ForRun | undefined;
  try {
    s3 = await beginS3ForRun(home.engineDir, signal);
    const environment = await testRun.environment("faults", "http://localhost:3000");
    // A server that is started again belongs to the services: without the run's mark the run's end does not end it.
    const { STRATA_RUN, ...unmarked } = environment;
    await prepareStores(services, environment.MONGODB_DATABASE, unmarked, signal);
    const { runFaults } = await import("@/lib/faults/run");
    const lane = {
      root: projectRoot,
      environment,
      s3: await s3ForFaults(s3.environment.S3_ENDPOINT),
      engine: engineControl(home, services),
      seedTimeoutMs: 180_000,
      log: path.join(home.dir, "logs", "faults.log"),
    };
    if (mutants.length > 0) {
      const { runMutants } = await import("@/lib/faults/mutate");
      const unseen = await runMutants(options.suite, mutants, testRun.folder, lane, say, signal);
      return unseen.length > 0 ? 1 : 0;
    }
    const results = await runFaults(options, lane, say, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new Failure(reasonOf(error), usage, { cause: error });
    });
    say(`The whole run took ${seconds(since)}`);
    if (json)
      writeFileSync(path.resolve(process.env.INIT_CWD ?? ".", json), `${JSON.stringify(results, null, 2)}\n`);
    return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
  } finally {
    watching.abort();
    await s3?.stop();
    await testRun.end();
  }
};

function readArguments(args: string[]) {
  const options = {
    seeds: { type: "string", default: "60" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    only: { type: "string", default: "" },
    parallel: { type: "string", default: "2" },
    minutes: { type: "string" },
    json: { type: "string" },
    mutate: { type: "string", default: "" },
  } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure(reasonOf(error), usage);
  }
  const { values, positionals } = read;
  const [suite = ""] = positionals;
  if (positionals.length !== 1 || !isFaultSuite(suite))
    throw new Failure("Name what to break: logs or runs.", usage);
  const count = wholeNumber("--seeds", values.seeds);
  const from = wholeNumber("--from", values.from);
  return {
    suite,
    seeds:
      values.seed === undefined
        ? Array.from({ length: count }, (_, index) => from + index)
        : [wholeNumber("--seed", values.seed)],
    only: values.only.split(",").filter(Boolean),
    parallel: wholeNumber("--parallel", values.parallel),
    minutes: values.minutes === undefined ? null : wholeNumber("--minutes", values.minutes),
    json: values.json,
    mutants: values.mutate.split(",").filter(Boolean),
  };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Failure(`${name} ${text} is not possible.`, usage);
  return value;
}
