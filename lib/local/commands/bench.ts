import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { productionBuild } from "../build";
import type { Command } from "../cli";
import { startCountingProxy } from "../counting-proxy";
import { Failure } from "../failure";
import { openHome } from "../home";
import { choosePort } from "../ports";
import { prepareStores } from "../prepare";
import { endProcess, identify } from "../processes";
import { say, step } from "../progress";
import { beginS3ForRun } from "../s3/for-run";
import { acquireServices } from "../services";
import { beginTestRun } from "../test-run";
import { startWeb, untilAnswers } from "../web";

/** Measures the goals of a suite on services of the tests' kind, in databases that exist for this run alone. */
export const run: Command = async (args, signal) => {
  const { suite: name, logs: asked, runs: askedRuns, seed, only, json, assert } = readArguments(args);
  const home = openHome("test");
  const testRun = await beginTestRun(home, await acquireServices(home, "npm run bench", signal));
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const port = await choosePort(undefined);
    const url = `http://127.0.0.1:${port}`;
    const environment = await testRun.environment("bench", url);
    await prepareStores(testRun.services, environment.MONGODB_DATABASE, environment, signal);
    const s3 = await beginS3ForRun(home.engineDir, signal);
    ends.push(s3.stop);
    Object.assign(process.env, s3.environment);
    const client = await MongoClient.connect(environment.MONGODB_URI, { useBigInt64: true });
    ends.push(() => client.close());
    const folder = path.join(testRun.folder, "bench");
    mkdirSync(folder, { recursive: true });

    let web: Promise<{ url: string }> | undefined;
    const start = async (at: number, env: typeof environment) => {
      const build = await productionBuild(path.dirname(home.dir), signal);
      const log = path.join(home.dir, "logs", "bench-web.log");
      const { pid } = startWeb(build, at, { env, log });
      if (pid !== undefined) ends.push(() => endProcess(identify(pid), { group: true }));
      await untilAnswers(`${env.NEXTAUTH_URL}/sign-in`, signal);
      return { url: env.NEXTAUTH_URL };
    };
    const startCounted = async () => {
      const proxy = await startCountingProxy(environment.MONGODB_URI);
      ends.push(proxy.stop);
      const at = await choosePort(undefined);
      const env = { ...environment, MONGODB_URI: proxy.uri, NEXTAUTH_URL: `http://127.0.0.1:${at}` };
      return { ...(await start(at, env)), commands: proxy.commands };
    };

    const { runSuite, suiteNamed, suiteNames } = await import("@/lib/bench/run");
    const { reportOf } = await import("@/lib/bench/report");
    const suite = suiteNamed(name);
    if (!suite) {
      throw new Failure(
        `There is no suite ${JSON.stringify(name)}.`,
        `Name one of: ${suiteNames().join(", ")}.`,
      );
    }
    const { goals } = suite;
    const logs = asked ?? suite.logs;
    const runs = askedRuns ?? suite.runs ?? 0;
    const unknown = only.filter((id) => !goals.some((goal) => goal.id === id));
    if (unknown.length > 0) {
      const known = goals.map(({ id }) => id).join(", ");
      throw new Failure(`The suite ${name} has no goal ${unknown.join(", ")}.`, `Its goals: ${known}.`);
    }
    const { figures, failed } = await step(`Bench ${name}`, (note) =>
      runSuite(
        goals,
        {
          logs,
          runs,
          seed,
          signal,
          mongo: client.db(environment.MONGODB_DATABASE),
          folder,
          objects: environment.OBJECT_STORE_DIR,
          web: () => {
            web ??= start(port, environment);
            return web;
          },
          countedWeb: startCounted,
          note,
        },
        { only, print: say },
      ),
    );
    const report = reportOf(name, { logs, runs, seed }, figures);
    if (json)
      writeFileSync(path.resolve(process.env.INIT_CWD ?? ".", json), `${JSON.stringify(report, null, 2)}\n`);
    const missed = report.figures.filter(({ met }) => !met).length;
    say(
      `${figures.length - missed} of ${figures.length} figures met their goal; ${failed.length} goals not measured`,
    );
    return assert && (missed > 0 || failed.length > 0) ? 1 : 0;
  } finally {
    for (const end of ends.reverse()) await end();
    await testRun.end();
  }
};

function readArguments(args: string[]) {
  const options = {
    logs: { type: "string" },
    runs: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    assert: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parsed(() => parseArgs({ args, options, allowPositionals: true }));
  return {
    suite: positionals[0] ?? "",
    logs: values.logs === undefined ? null : wholeNumber("--logs", values.logs, 1000),
    runs: values.runs === undefined ? null : wholeNumber("--runs", values.runs, 1000),
    seed: wholeNumber("--seed", values.seed, 0),
    only: values.only.split(",").filter(Boolean),
    json: values.json,
    assert: values.assert,
  };
}

function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Failure(
      message,
      "Usage: npm run bench -- logs|explorer|runs [--logs N] [--runs N] [--only G1,G2] [--json file] [--assert]",
    );
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Failure(`${name} ${text} is not possible.`, `Give a whole number of at least ${least}.`);
  }
  return value;
}
