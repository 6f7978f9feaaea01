import type { PairTemplates, RunComparison, TaskPair } from "./schema";

/** What the logs of a pair of tasks say. */
export type LogVerdict =
  /** They were not looked at yet. */
  | "waiting"
  /** One says what the other does not. */
  | "differs"
  /** The same templates, some of them more often on one side. */
  | "counts"
  | "same"
  /** At least one side wrote no log. */
  | "silent";

/** The gravest way in which the tasks of a pair differ. */
export type Difference = "outcome" | "only_a" | "only_b" | "log" | "duration" | "attempts" | "none";

export interface PairVerdict {
  difference: Difference;
  log: LogVerdict;
  /** How much longer B took; null unless both ran. */
  changeMs: number | null;
  /** The same as a share of A. */
  changeShare: number | null;
}

/** Durations differ always a little: only from here on is it worth a word. */
export const notableMs = 1_000;
export const notableShare = 0.1;

export function verdictOf(pair: TaskPair, templates: PairTemplates | undefined): PairVerdict {
  const { a, b } = pair;
  const log = logVerdict(pair, templates);
  const changeMs = a?.durationMs == null || b?.durationMs == null ? null : b.durationMs - a.durationMs;
  const changeShare = changeMs === null || !a?.durationMs ? null : changeMs / a.durationMs;
  const lasts =
    changeMs !== null &&
    Math.abs(changeMs) >= notableMs &&
    (changeShare === null || Math.abs(changeShare) >= notableShare);
  const difference = (): Difference => {
    if (!a) return "only_b";
    if (!b) return "only_a";
    if (a.status !== b.status) return "outcome";
    if (log === "differs") return "log";
    if (lasts) return "duration";
    return a.attempt === b.attempt ? "none" : "attempts";
  };
  return { difference: difference(), log, changeMs, changeShare };
}

function logVerdict({ a, b }: TaskPair, templates: PairTemplates | undefined): LogVerdict {
  if (!a?.episodeId || !b?.episodeId) return "silent";
  if (!templates) return "waiting";
  if (templates.onlyA.templates > 0 || templates.onlyB.templates > 0) return "differs";
  return templates.both.equal < templates.both.templates ? "counts" : "same";
}

export interface RunVerdict {
  verdicts: ReadonlyMap<string, PairVerdict>;
  /** Pairs that differ, in the order of the tasks. */
  different: readonly TaskPair[];
  /** The task at which the runs part. */
  first: TaskPair | null;
  /** Pairs whose logs were not looked at yet. */
  waiting: number;
}

export function verdictOfRuns(
  { tasks }: Pick<RunComparison, "tasks">,
  templates: ReadonlyMap<string, PairTemplates>,
): RunVerdict {
  const verdicts = new Map(tasks.map((pair) => [pair.key, verdictOf(pair, templates.get(pair.key))]));
  return {
    verdicts,
    different: tasks.filter(({ key }) => verdicts.get(key)?.difference !== "none"),
    first: firstByOutcome(tasks) ?? firstByLog(tasks, verdicts),
    waiting: tasks.filter(({ key }) => verdicts.get(key)?.log === "waiting").length,
  };
}

/** The earliest task, by the clock of its run, that ended otherwise or that only one run has. */
function firstByOutcome(tasks: readonly TaskPair[]): TaskPair | null {
  let first: { pair: TaskPair; at: number } | null = null;
  for (const pair of tasks) {
    if (pair.a?.status === pair.b?.status) continue;
    const at = partedAt(pair);
    if (!first || at < first.at) first = { pair, at };
  }
  return first?.pair ?? null;
}

/** When the difference was to be seen. What never happened on either side was seen last. */
function partedAt({ a, b }: TaskPair): number {
  const times = [a, b].flatMap((side) => {
    if (!side) return [];
    // A task that was skipped is the consequence of another: it follows what ended at the same moment.
    const consequence = side.status === "skipped" ? 0.5 : 0;
    return side.endedMs === null ? (side.startedMs ?? []) : side.endedMs + consequence;
  });
  return Math.min(...times, Number.POSITIVE_INFINITY);
}

/** The first by its start in A whose log says something else; null while an earlier one was not looked at. */
function firstByLog(tasks: readonly TaskPair[], verdicts: ReadonlyMap<string, PairVerdict>): TaskPair | null {
  const first = tasks.find(({ key }) => ["differs", "waiting"].includes(verdicts.get(key)?.log ?? ""));
  return first && verdicts.get(first.key)?.log === "differs" ? first : null;
}
