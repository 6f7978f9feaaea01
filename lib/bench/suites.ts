import { explorerSuite } from "./explorer/suite";
import type { Goal } from "./goal";
import { logsSuite } from "./logs/suite";
import { runsSuite } from "./runs/suite";

interface Suite {
  goals: Goal[];
  /** Log lines of its large episodes, unless `--logs` says otherwise. */
  logs: number;
  /** Runs of its large workspace, unless `--runs` says otherwise. */
  runs?: number;
}

/** What `npm run bench -- <name>` runs. */
export const suites: Record<string, Suite> = {
  logs: { goals: logsSuite, logs: 1_000_000 },
  explorer: { goals: explorerSuite, logs: 12_000_000 },
  runs: { goals: runsSuite, logs: 1_000_000, runs: 1_000_000 },
};
