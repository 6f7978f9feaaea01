"use client";

import { useQueryStates } from "nuqs";
import { useEffect, useEffectEvent, useRef } from "react";
import { type PageKeyGroup, PageKeys } from "@/components/shell/page-keys";
import { hasModifier, isTyping, sequenceMs } from "@/components/shell/shell-keys";
import { retryableFailures, whyNotRetryTask } from "@/lib/runs/retryable";
import { type inspectorTabs, runPageParams, runViews } from "@/lib/runs/run-page-params";
import { runStatus } from "@/lib/runs/status";
import { type RunAct, useRunActs } from "./acts/acts-context";
import { openInspector, readInspector, toggleInspector } from "./inspector/use-inspector-pane";
import { useRunPage } from "./run-page-context";
import { useShownTasks } from "./tasks/use-shown-tasks";

const group: PageKeyGroup = {
  title: "This run",
  keys: [
    ["j k", "Next or previous task"],
    ["] [", "Next or previous failure"],
    ["Enter", "Read the selected task"],
    ["1 … 5", "Graph, tasks, events, inputs, artifacts"],
    ["o l e a", "Of the task: overview, logs, result, attempts"],
    ["i", "Show or hide what is said of the task"],
    ["r", "Retry the selected task"],
    ["R", "Retry what failed"],
    ["c", "Cancel the run"],
    ["f", "Fit the graph"],
    ["← →", "Along an edge, in the graph"],
    ["↑ ↓", "To the next box of a column, in the graph"],
    ["+ −", "Zoom the graph"],
  ],
};

/** Keys that work wherever the focus is on the page. Draws nothing. */
export function RunKeys() {
  const { run, tasks, failures, selected, taskByNode, select } = useRunPage();
  const shown = useShownTasks();
  const { begin } = useRunActs();
  const [, setParams] = useQueryStates(runPageParams);
  const actOf = (key: string): RunAct | null => {
    if (key === "c")
      return runStatus[run.status].final || run.status === "cancelling" ? null : { kind: "cancel" };
    if (key === "R") return retryableFailures(tasks).length > 0 ? { kind: "retry_failed" } : null;
    if (key !== "r" || !selected || whyNotRetryTask(selected, taskByNode) !== null) return null;
    return { kind: "retry", taskIds: [selected.id] };
  };

  const wentAt = useRef(Number.NEGATIVE_INFINITY);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // The second key of "g r" goes to a page; it is none of this one's.
    const afterG = event.timeStamp - wentAt.current < sequenceMs;
    wentAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (afterG) return;
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    const step = steps[event.key];
    if (step) {
      const list = step.among === "tasks" ? shown : failures;
      const at = list.findIndex((task) => task.id === selected?.id);
      const next = list[at < 0 ? 0 : at + step.by];
      if (next) select(next.id, "walk");
      return;
    }
    const view = runViews[Number(event.key) - 1];
    const tab = tabKeys[event.key];
    const act = actOf(event.key);
    if (view) void setParams({ view }, { history: "push" });
    else if (tab) {
      openInspector();
      void setParams({ tab }, { history: "push" });
    } else if (event.key === "i") toggleInspector();
    else if (act) {
      // The key that begins an act is not typed into its first field.
      event.preventDefault();
      begin(act);
    } else if (event.key === "Enter" && event.target === document.body) {
      readInspector();
    }
  });

  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return <PageKeys group={group} />;
}

const tabKeys: Readonly<Record<string, (typeof inspectorTabs)[number]>> = {
  o: "overview",
  l: "logs",
  e: "result",
  a: "attempts",
};

const steps: Record<string, { among: "tasks" | "failures"; by: 1 | -1 }> = {
  j: { among: "tasks", by: 1 },
  k: { among: "tasks", by: -1 },
  "]": { among: "failures", by: 1 },
  "[": { among: "failures", by: -1 },
};
