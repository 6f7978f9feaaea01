"use client";

import { useQueryStates } from "nuqs";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import type { AttemptRow } from "@/lib/runs/past-schema";
import { runAt } from "@/lib/runs/run-at";
import { runPageParams } from "@/lib/runs/run-page-params";
import { timeSpanOf } from "@/lib/runs/timeline";
import { RunPageContext, type RunPageValue, useRunPage } from "../run-page-context";
import { useRunPast, useWasRetried } from "../use-run-past";

const none: readonly AttemptRow[] = [];

/**
 * What is in it shows the run as it was at the moment of the address; without one, as it is. Only looks change: which tasks are
 * shown, where they stand and which one is selected are the present's, so nothing moves while one goes through time.
 */
export function AsItWas({ children }: { children: ReactNode }) {
  const page = useRunPage();
  const { present } = page;
  const [{ at }] = useQueryStates(runPageParams);
  // A hand is faster than ten thousand tasks are drawn: what is drawn follows where it last was.
  const askedMs = useDeferredValue(at?.getTime() ?? null);
  const past = useRunPast(useWasRetried());
  const attempts = past.data?.attempts ?? none;
  const then = useMemo(() => {
    const span = timeSpanOf([...attempts, ...present.tasks], present.asOf);
    if (askedMs === null || span === null) return null;
    const moment = new Date(Math.min(span.endMs, Math.max(span.startMs, askedMs))).toISOString();
    const { tasks, earlier } = runAt(present.tasks, attempts, moment);
    return { moment, tasks, earlier, taskByNode: new Map(tasks.map((task) => [task.nodeId, task])) };
  }, [askedMs, present, attempts]);
  const value: RunPageValue = then
    ? {
        ...page,
        run: { ...page.run, asOf: then.moment },
        tasks: then.tasks,
        taskByNode: then.taskByNode,
        moment: { at: then.moment, earlier: then.earlier },
      }
    : page;
  return <RunPageContext value={value}>{children}</RunPageContext>;
}
