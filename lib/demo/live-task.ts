import { failureOf } from "@/lib/replay/failures";
import { seededRandom } from "@/lib/seeded-random";

/** How a task of a live run goes; decided by its id, so that whoever takes it up again plays the same part. */
export interface LivePart {
  durationMs: number;
  stdoutCount: number;
  stderrCount: number;
  errorMessage: string | null;
}

/** About one run in seven fails somewhere, however many tasks it has. */
const failuresPerRun = 0.15;

export function livePart(task: { _id: string; nodeType: string }, tasksOfRun: number): LivePart {
  const random = seededRandom(`live ${task._id}`);
  const durationMs = Math.round(
    1_000 * (task.nodeType === "train" ? random.between(25, 45) : random.between(3, 14)),
  );
  const fails = random.chance(failuresPerRun / Math.max(1, tasksOfRun));
  return {
    durationMs: fails ? Math.round(durationMs / 2) : durationMs,
    stdoutCount: random.whole(15, 70),
    stderrCount: fails ? 4 : 0,
    errorMessage: fails ? failureOf(task.nodeType, random) : null,
  };
}

/**
 * How long until the next live run. A demo that is left alone for days slows down, so that it does not fill the disk: half
 * a minute at first, a quarter of an hour after a few hundred runs.
 */
export function pauseBeforeNext(started: number, random: () => number): number {
  const slowdown = Math.min(30, 1 + started / 20);
  return Math.round((20_000 + 20_000 * random()) * slowdown);
}
