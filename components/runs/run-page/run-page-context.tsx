"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { criticalPath, pathPlanOf } from "@/lib/runs/critical-path";
import { failuresInOrder, firstOfInterest } from "@/lib/runs/failure-order";
import { type Adjacency, adjacencyOf } from "@/lib/runs/graph-paths";
import type { RunState } from "@/lib/runs/query-options";
import type { RunAt } from "@/lib/runs/run-at";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { RunDetail, RunGraph, TaskRow } from "@/lib/runs/schema";
import { passingNodes } from "@/lib/runs/task-filter";

export interface RunPageValue {
  workspace: string;
  run: RunDetail;
  tasks: readonly TaskRow[];
  graph: RunGraph;
  adjacency: Adjacency;
  taskByNode: ReadonlyMap<string, TaskRow>;
  failures: readonly TaskRow[];
  /** Node ids of the chain of tasks that took longest: without it being shorter the run would not be. */
  critical: ReadonlySet<string>;
  /** The one task that graph, table and inspector show. */
  selected: TaskRow | null;
  /** Nodes that pass the filter; null when there is none. */
  passing: ReadonlySet<string> | null;
  /** What this part of the page looks back to; null where it shows the run as it is. */
  moment: (Pick<RunAt, "earlier"> & { at: string }) | null;
  /** The run as it is, also where a part of the page looks back. */
  present: { tasks: readonly TaskRow[]; asOf: string };
  /** A pick can be undone with Back; walking along would fill the history. */
  select: (taskId: string, how: "pick" | "walk") => void;
}

export const RunPageContext = createContext<RunPageValue | null>(null);

interface RunPageProviderProps {
  workspace: string;
  state: RunState;
  graph: RunGraph;
  children: ReactNode;
}

export function RunPageProvider({ workspace, state, graph, children }: RunPageProviderProps) {
  const [params, setParams] = useQueryStates(runPageParams);
  const { run, tasks } = state;
  // By hand, each for itself: left to the compiler, what it cannot prove apart is made anew together, and walking from
  // task to task would lay out the graph at every step.
  const adjacency = useMemo(() => adjacencyOf(graph.edges), [graph]);
  const taskByNode = useMemo(() => new Map(tasks.map((task) => [task.nodeId, task])), [tasks]);
  const plan = useMemo(() => pathPlanOf(graph), [graph]);
  const critical = useMemo(() => criticalPath(plan, taskByNode, run.asOf), [plan, taskByNode, run.asOf]);
  const failures = useMemo(() => failuresInOrder(tasks), [tasks]);
  const present = useMemo(() => ({ tasks, asOf: run.asOf }), [tasks, run.asOf]);
  const { status: statuses, cause: failedAndUpstream, rest: hideSucceeded } = params;
  const passing = useMemo(
    () => passingNodes(tasks, { statuses, failedAndUpstream, hideSucceeded }, adjacency.up),
    [tasks, statuses, failedAndUpstream, hideSucceeded, adjacency],
  );
  // Where the page opened stays where it is: while a run goes on, what would be opened now changes every few seconds.
  const [openedId, setOpenedId] = useState(() => firstOfInterest(tasks)?.id);
  if (openedId === undefined && tasks.length > 0) setOpenedId(firstOfInterest(tasks)?.id);
  const selectedId = tasks.some((task) => task.id === params.task) ? params.task : openedId;
  const selected = tasks.find((task) => task.id === selectedId) ?? null;
  const select: RunPageValue["select"] = (taskId, how) =>
    void setParams(
      // What was chosen of the one before it means nothing to another task.
      { task: taskId, ...(taskId !== selectedId && { attempt: null, between: null, line: null }) },
      { history: how === "pick" ? "push" : "replace" },
    );
  return (
    <RunPageContext
      value={{
        workspace,
        run,
        tasks,
        graph,
        adjacency,
        taskByNode,
        failures,
        critical,
        selected,
        passing,
        moment: null,
        present,
        select,
      }}
    >
      {children}
    </RunPageContext>
  );
}

export function useRunPage(): RunPageValue {
  const value = use(RunPageContext);
  if (!value) throw new Error("A part of the run page was used outside it.");
  return value;
}
