"use client";

import { useEffect, useEffectEvent } from "react";
import { type PageKeyGroup, PageKeys } from "@/components/shell/page-keys";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import { useRunPage } from "./run-page-context";
import { useShownTasks } from "./tasks/use-shown-tasks";

const group: PageKeyGroup = {
  title: "This run",
  keys: [
    ["j k", "Next or previous task"],
    ["] [", "Next or previous failure"],
    ["Enter", "Read the selected task"],
    ["f", "Fit the graph"],
    ["← →", "Along an edge, in the graph"],
    ["↑ ↓", "To the next box of a column, in the graph"],
    ["+ −", "Zoom the graph"],
  ],
};

/** Keys that work wherever the focus is on the page. Draws nothing. */
export function RunKeys() {
  const { failures, selected, select } = useRunPage();
  const shown = useShownTasks();

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    const step = steps[event.key];
    if (step) {
      const list = step.among === "tasks" ? shown : failures;
      const at = list.findIndex((task) => task.id === selected?.id);
      const next = list[at < 0 ? 0 : at + step.by];
      if (next) select(next.id, "walk");
    } else if (event.key === "Enter" && event.target === document.body) {
      document.getElementById("inspector")?.focus();
    }
  });

  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return <PageKeys group={group} />;
}

const steps: Record<string, { among: "tasks" | "failures"; by: 1 | -1 }> = {
  j: { among: "tasks", by: 1 },
  k: { among: "tasks", by: -1 },
  "]": { among: "failures", by: 1 },
  "[": { among: "failures", by: -1 },
};
