import type { JoinedTask } from "./wfformat-graph";

export interface LaidOutTask {
  startedAt: Date;
  finishedAt: Date;
}

export interface LaidOutRun {
  times: Map<string, LaidOutTask>;
  /** Tasks that would have ended after the run did, and were placed at its end instead. */
  cut: number;
}

/**
 * Times for tasks whose file knows their durations only: each starts when the last of its parents has ended. The run
 * began and ended when the file says; no task is placed outside of that, whatever the durations add up to.
 */
export function layOutTimes(tasks: JoinedTask[], startedAt: Date, makespanMs: number): LaidOutRun {
  const times = new Map<string, LaidOutTask>();
  const endOf = new Map<string, number>();
  let cut = 0;
  for (const { specification, execution, parents } of tasks) {
    const start = parents.reduce((latest, parent) => Math.max(latest, endOf.get(parent) ?? 0), 0);
    const end = start + execution.runtimeInSeconds * 1000;
    endOf.set(specification.id, end);
    // A millisecond is the precision of the store: less than that is rounding, not a contradiction.
    if (end > makespanMs + 1) cut += 1;
    times.set(specification.id, {
      startedAt: new Date(startedAt.getTime() + Math.round(Math.min(start, makespanMs))),
      finishedAt: new Date(startedAt.getTime() + Math.round(Math.min(end, makespanMs))),
    });
  }
  return { times, cut };
}
