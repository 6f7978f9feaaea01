import path from "node:path";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { passThrough } from "./processes";
import { say, seconds } from "./progress";
import { type Counts, failureIn, noCounts } from "./test-report";

export type Proof = {
  /** Runs one part of the proof. What throws counts as one failure and the proof goes on, unless it was stopped. */
  part(name: string, work: () => Promise<Counts>): Promise<void>;
  counts: Counts[];
  failed(): boolean;
};

export function beginProof(signal: AbortSignal): Proof {
  const counts: Counts[] = [];
  return {
    counts,
    failed: () => counts.some(({ failed }) => failed > 0),
    part: async (name, work) => {
      signal.throwIfAborted();
      const since = performance.now();
      say(`\n== ${name}`);
      const count = await work().catch((error: unknown) => {
        signal.throwIfAborted();
        if (error instanceof Failure) say(`${error.message}\n  -> ${error.remedy}`);
        else console.error(error);
        return failureIn(name);
      });
      counts.push(count);
      say(`== ${name}: ${count.failed === 0 ? "ok" : `${count.failed} failed`}, ${seconds(since)}`);
    },
  };
}

const tool = (...parts: string[]) => path.join(projectRoot, "node_modules", ...parts);

/** Runs a tool of ours with its own output on this terminal. */
export async function runTool(
  [script, ...args]: [string, ...string[]],
  signal: AbortSignal,
  env: Record<string, string> = {},
): Promise<number> {
  return passThrough(process.execPath, [script, ...args], { env: { ...process.env, ...env }, signal });
}

export const tools = {
  next: tool("next", "dist", "bin", "next"),
  tsc: tool("typescript", "bin", "tsc"),
  biome: tool("@biomejs", "biome", "bin", "biome"),
  vitest: tool("vitest", "vitest.mjs"),
  playwright: tool("@playwright", "test", "cli.js"),
};

export async function checkTypes(signal: AbortSignal): Promise<Counts> {
  // A fresh clone has neither the route types nor next-env.d.ts, which the sources rely on.
  if ((await runTool([tools.next, "typegen"], signal)) !== 0) return failureIn("types of the routes");
  // Afresh: what TypeScript 7.0 remembers from the last run can hold errors that are mended, and miss new ones.
  return (await runTool([tools.tsc, "--noEmit", "--incremental", "false"], signal)) === 0
    ? noCounts
    : failureIn("types");
}

export async function checkLint(signal: AbortSignal): Promise<Counts> {
  return (await runTool([tools.biome, "check"], signal)) === 0 ? noCounts : failureIn("lint");
}
