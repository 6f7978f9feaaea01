import type { SeedResult } from "./fault-case";
import type { FaultSuite } from "./suites";

/** One line for a seed, and for each violation what is needed to look into it. */
export function lineOf(suite: FaultSuite, result: SeedResult, done: number, of: number): string {
  const { seed, parameters, violations, milliseconds } = result;
  const chosen = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const verdict = violations.length === 0 ? "ok" : `${violations.length} VIOLATIONS`;
  const head = `[${done}/${of}] seed ${seed} ${result.case}: ${verdict}, ${(milliseconds / 1000).toFixed(1)} s (${chosen.join(" ")})`;
  if (violations.length === 0) return head;
  const found = violations.slice(0, 8).map(({ invariant, evidence }) => `    ${invariant}: ${evidence}`);
  const more = violations.length > found.length ? [`    … and ${violations.length - found.length} more`] : [];
  const again = `    again: npm run faults -- ${suite} --seed ${seed} --only ${JSON.stringify(result.case)}`;
  return [head, ...found, ...more, again].join("\n");
}

const everyMs = 10_000;

/** Many short seeds: what went wrong at once and in full, the others by their number now and then. */
export class Progress {
  private done = 0;
  private violated = 0;
  private readonly since = performance.now();
  private lastSaid = this.since;

  constructor(
    private readonly suite: FaultSuite,
    private readonly of: number,
    private readonly print: (line: string) => void,
  ) {}

  told(result: SeedResult): void {
    this.done++;
    if (result.violations.length > 0) {
      this.violated++;
      this.print(lineOf(this.suite, result, this.done, this.of));
    }
    if (performance.now() - this.lastSaid > everyMs) this.say();
  }

  end(): void {
    this.say();
  }

  private say(): void {
    this.lastSaid = performance.now();
    const minutes = (this.lastSaid - this.since) / 60_000;
    const found = this.violated === 0 ? "no violation" : `${this.violated} with violations`;
    this.print(`[${this.done}/${this.of}] ${Math.round(this.done / minutes)} seeds a minute, ${found}`);
  }
}

/** What each case came to. */
export function tableOf(results: SeedResult[]): string {
  const names = [...new Set(results.map((result) => result.case))];
  const rows = names.toSorted(byNumber).map((name) => {
    const runs = results.filter((result) => result.case === name);
    const violations = runs.reduce((sum, run) => sum + run.violations.length, 0);
    const milliseconds = runs.reduce((sum, run) => sum + run.milliseconds, 0);
    return line(name, String(runs.length), String(violations), (milliseconds / 1000).toFixed(1));
  });
  const violated = results.filter(({ violations }) => violations.length > 0);
  const sum =
    violated.length === 0
      ? `${results.length} seeds, no violation.`
      : `${results.length} seeds, violations in ${violated.map(({ seed }) => seed).join(", ")}.`;
  return ["", line("case", "runs", "violations", "seconds"), ...rows, sum].join("\n");
}

function line(name: string, runs: string, violations: string, seconds: string): string {
  return `${name.padEnd(20)}${runs.padStart(5)}${violations.padStart(12)}${seconds.padStart(9)}`;
}

/** F9 before F10. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
