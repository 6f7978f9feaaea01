import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { AppEnvironment } from "./environment";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { isFree } from "./ports";
import { startProcess } from "./processes";
import { say } from "./progress";

type Start = { env: AppEnvironment & Record<string, string>; log: string };

/** The production server of a build. */
export function startWeb(build: string, port: number, { env, log }: Start): ChildProcess {
  return startProcess(process.execPath, ["server.js"], {
    cwd: build,
    env: { ...process.env, ...env, NODE_ENV: "production", PORT: String(port), HOSTNAME: "127.0.0.1" },
    output: { log },
  });
}

/** Next's development server; what it says belongs on the terminal of the person who edits. */
export function startDevServer(port: number, env: Start["env"]): ChildProcess {
  const next = path.join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  return startProcess(process.execPath, [next, "dev", "--hostname", "127.0.0.1", "--port", String(port)], {
    cwd: projectRoot,
    env: { ...process.env, ...env, NODE_ENV: "development" },
    output: "inherit",
  });
}

/** The background worker, from its sources. */
export function startWorker({ env, log }: Start): ChildProcess {
  const main = path.join(projectRoot, "lib", "worker", "main.ts");
  return startProcess(process.execPath, ["--conditions=react-server", "--import", "tsx", main], {
    cwd: projectRoot,
    env: { ...process.env, ...env, NODE_ENV: "production" },
    output: { log },
  });
}

/** Asks until the page is there. A server that answers with an error is not ready, and in the end the error is told. */
export async function untilAnswers(url: string, signal: AbortSignal, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  let last = "no answer";
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
      await answer.arrayBuffer();
      if (answer.status === 200) return;
      last = `status ${answer.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(50);
  }
  throw new Failure(
    `${url} did not answer within ${withinMs / 1000} s (${last}).`,
    "See the web server's log in the services' logs folder.",
  );
}

const defaultPort = 3000;

/** PORT, or 3000, or the next free one: only a port that was asked for by name is insisted on. */
export async function webPort(): Promise<number> {
  const asked = process.env.PORT;
  if (asked) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Failure(`PORT=${asked} is not a port.`, "Give a number from 1 to 65535.");
    }
    if (!(await isFree(port)))
      throw new Failure(
        `Port ${port} is in use by another program.`,
        "Give another PORT, or end that program.",
      );
    return port;
  }
  for (let port = defaultPort; port < defaultPort + 20; port++) {
    if (await isFree(port)) {
      if (port !== defaultPort) say(`Port ${defaultPort} is in use by another program; taking ${port}.`);
      return port;
    }
  }
  throw new Failure(
    `Ports ${defaultPort} to ${defaultPort + 19} are all in use.`,
    "Give a free one as PORT.",
  );
}
