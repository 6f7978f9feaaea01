import { explorerSuite } from "./explorer/suite";
import type { Goal } from "./goal";
import { logsSuite } from "./logs/suite";

/** What `npm run bench -- <name>` runs. */
export const suites: Record<string, Goal[]> = { logs: logsSuite, explorer: explorerSuite };
