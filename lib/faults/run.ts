import "server-only";
import { casesNamed, faultSuites } from "./cases/all";
import type { FaultCase, SeedResult } from "./fault-case";
import { lineOf, Progress, tableOf } from "./report";
import { Lane, type LaneOptions } from "./run-lane";
import type { FaultSuite } from "./suites";

export interface FaultRun {
  suite: FaultSuite;
  seeds: number[];
  /** Cases by name; empty for all that can be run here. */
  only: string[];
  parallel: number;
  /** No seed starts after that many minutes. */
  minutes: number | null;
  /** The first violation is enough. */
  untilViolation?: boolean;
}

/** Runs seeds in lanes and prints each as it ends. Gives all results. */
export async function runFaults(
  { suite, seeds, only, parallel, minutes, untilViolation = false }: FaultRun,
  options: LaneOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<SeedResult[]> {
  const cases = runnable(only.length > 0 ? casesNamed(only) : faultSuites[suite], options, print);
  if (cases.length === 0) throw new Error("None of these cases can be run with these services");
  const due = seeds.map((seed) => ({ seed, faultCase: caseOf(seed, cases) }));
  const deadline = minutes === null ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
  const results: SeedResult[] = [];
  const lanes = Array.from({ length: parallel }, () => new Lane(options));
  const work = async (lane: Lane, queue: typeof due, told: (result: SeedResult) => void) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (signal.aborted || Date.now() > deadline) return;
      if (untilViolation && results.some(({ violations }) => violations.length > 0)) return;
      const { seed, faultCase } = next;
      if (!faultCase) return;
      const result = await lane.run(seed, faultCase.id);
      if (signal.aborted) return;
      results.push(result);
      told(result);
    }
  };
  const one = (result: SeedResult) => print(lineOf(suite, result, results.length, seeds.length));
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    const crowd = due.filter(({ faultCase }) => faultCase?.atOnce !== undefined);
    const together = due.filter(({ faultCase }) => !faultCase?.alone && faultCase?.atOnce === undefined);
    // Those that stop the services for everybody come last, one at a time.
    const alone = due.filter(({ faultCase }) => faultCase?.alone);
    const play = async () => {
      if (crowd.length > 0) {
        const progress = new Progress(suite, crowd.length, print);
        const atOnce = Math.max(...crowd.map(({ faultCase }) => faultCase?.atOnce ?? 1));
        const seats = lanes.flatMap((lane) => Array.from({ length: atOnce }, () => lane));
        await Promise.all(seats.map((lane) => work(lane, crowd, (result) => progress.told(result))));
        progress.end();
      }
      await Promise.all(lanes.map((lane) => work(lane, together, one)));
      await Promise.all(lanes.slice(0, 1).map((lane) => work(lane, alone, one)));
    };
    const all = play();
    await Promise.race([all, stopped]);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
  signal.throwIfAborted();
  print(tableOf(results));
  return results;
}

const rarely = 100;

/** Seeds take the cases in turn. Beside a case that is cheap by the hundred, each hundredth takes one of the others. */
function caseOf(seed: number, cases: FaultCase[]): FaultCase | undefined {
  const cheap = cases.filter(({ atOnce }) => atOnce !== undefined);
  const others = cases.filter(({ atOnce }) => atOnce === undefined);
  if (cheap.length === 0 || others.length === 0) return cases[(seed - 1) % cases.length];
  return seed % rarely === 0 ? others[(seed / rarely - 1) % others.length] : cheap[(seed - 1) % cheap.length];
}

/** Cases that these services allow; the others are named, never left out in silence. */
function runnable(cases: FaultCase[], options: LaneOptions, print: (line: string) => void): FaultCase[] {
  const impossible = cases.filter(({ needs }) => needs && !options[needs]);
  for (const { id, needs } of impossible) print(`${id} is not run: ${without[needs ?? "s3"]}`);
  return cases.filter((each) => !impossible.includes(each));
}

const without = {
  engine: "the database is not ours to stop.",
  s3: "there is no S3 server.",
} as const;
