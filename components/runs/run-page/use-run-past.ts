"use client";

import { useQuery } from "@tanstack/react-query";
import { runPastOptions } from "@/lib/runs/page-query-options";
import { useRunPage } from "./run-page-context";

/**
 * Attempts that were put away and acts of people. Of a run in which nothing was retried there are no attempts, so the page asks
 * only where they are shown (`wanted`).
 */
export function useRunPast(wanted: boolean) {
  const { workspace, run, present } = useRunPage();
  return useQuery({ ...runPastOptions(workspace, run, present.tasks), enabled: wanted });
}

/** Somebody retried something: then the bars of earlier attempts belong into the Gantt. */
export function useWasRetried(): boolean {
  const { present } = useRunPage();
  return present.tasks.some(({ attempt }) => attempt > 1);
}
