import type { PairTemplates, RunComparison, TaskPair } from "./run-schema";

/** What is known about a pair of tasks. */
export type PairVerdict =
  /** Its logs were not looked at yet. */
  | "waiting"
  /** Only one of the runs has it, it ended differently, or the logs say something else. */
  | "differs"
  /** The same templates, some of them more often on one side. */
  | "counts"
  | "same"
  /** Neither wrote a log, and both ended alike. */
  | "silent";

export function verdictOf(pair: TaskPair, templates: PairTemplates | undefined): PairVerdict {
  if (!pair.a || !pair.b || pair.a.status !== pair.b.status) return "differs";
  if (pair.a.episodeId === null && pair.b.episodeId === null) return "silent";
  if (!templates) return "waiting";
  if (templates.onlyA.templates > 0 || templates.onlyB.templates > 0) return "differs";
  return templates.both.equal < templates.both.templates ? "counts" : "same";
}

export interface RunVerdict {
  verdicts: ReadonlyMap<string, PairVerdict>;
  /** Pairs that are not the same, in the order of the tasks. */
  different: readonly TaskPair[];
  /** The first task, by its start in A, at which the runs differ; null while an earlier one was not looked at. */
  first: TaskPair | null;
  waiting: number;
}

export function verdictOfRuns(
  { tasks }: RunComparison,
  templates: ReadonlyMap<string, PairTemplates>,
): RunVerdict {
  const verdicts = new Map(tasks.map((pair) => [pair.key, verdictOf(pair, templates.get(pair.key))]));
  const of = (pair: TaskPair) => verdicts.get(pair.key);
  const different = tasks.filter((pair) => of(pair) === "differs" || of(pair) === "counts");
  const undecided = tasks.findIndex((pair) => of(pair) === "waiting");
  const firstAt = tasks.findIndex((pair) => of(pair) === "differs");
  const isFirst = firstAt >= 0 && (undecided < 0 || firstAt < undecided);
  return {
    verdicts,
    different,
    first: isFirst ? (tasks[firstAt] ?? null) : null,
    waiting: tasks.filter((pair) => of(pair) === "waiting").length,
  };
}
