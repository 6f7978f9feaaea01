import { queryOptions } from "@tanstack/react-query";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import { artifactList, artifactPreview } from "./artifact-schema";
import { controlPreview } from "./control-preview-schema";
import { taskHistory, workflowHistory } from "./history-schema";
import { runInputs } from "./inputs-schema";
import { runPast } from "./past-schema";
import type { RunDetail, TaskRow } from "./schema";
import { runStatus } from "./status";
import { queuePlace } from "./waiting-schema";

/*
 * What the run page asks for beside its state (`query-options.ts`), each when it is first shown. A change of the run is part of
 * the key: what was read before it stays on screen until the new answer is there.
 */

const queuePollMs = 5_000;

const place = (workspace: string, runId: string) =>
  `/api/w/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(runId)}`;

const about = (workspace: string, runId: string) => ["runs", workspace, runId] as const;

/** Attempts that were put away, and acts of people. Both come with a retry or a cancellation, which change the status. */
export function runPastOptions(workspace: string, run: RunDetail, tasks: readonly TaskRow[]) {
  const attempts = tasks.reduce((sum, task) => sum + task.attempt, 0);
  return queryOptions({
    queryKey: [...about(workspace, run.id), "past", run.status, attempts],
    queryFn: ({ signal }) => fetchJson(`${place(workspace, run.id)}/past`, runPast, signal),
    placeholderData: (previous, query) => (query?.queryKey[2] === run.id ? previous : undefined),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The past of the workflow's nodes: runs made before this one, so it does not change with it. */
export function runHistoryOptions(workspace: string, runId: string) {
  return queryOptions({
    queryKey: [...about(workspace, runId), "history"],
    queryFn: ({ signal }) => fetchJson(`${place(workspace, runId)}/history`, workflowHistory, signal),
    retry,
    staleTime: 5 * 60_000,
  });
}

export function taskHistoryOptions(workspace: string, runId: string, taskId: string) {
  return queryOptions({
    queryKey: [...about(workspace, runId), "task history", taskId],
    queryFn: ({ signal }) =>
      fetchJson(
        `${place(workspace, runId)}/tasks/${encodeURIComponent(taskId)}/history`,
        taskHistory,
        signal,
      ),
    retry,
    staleTime: 5 * 60_000,
  });
}

/** Where a queued task stands. Asked again while it is queued. */
export function queuePlaceOptions(workspace: string, runId: string, taskId: string) {
  return queryOptions({
    queryKey: [...about(workspace, runId), "queue", taskId],
    queryFn: ({ signal }) =>
      fetchJson(`${place(workspace, runId)}/tasks/${encodeURIComponent(taskId)}/queue`, queuePlace, signal),
    refetchInterval: ({ state }) => (isLasting(state.error) ? false : queuePollMs),
    retry,
    staleTime: queuePollMs,
  });
}

/** Frozen when the run was made. */
export function runInputsOptions(workspace: string, runId: string) {
  return queryOptions({
    queryKey: [...about(workspace, runId), "inputs"],
    queryFn: ({ signal }) => fetchJson(`${place(workspace, runId)}/inputs`, runInputs, signal),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function runArtifactsOptions(workspace: string, run: RunDetail) {
  return queryOptions({
    queryKey: [...about(workspace, run.id), "artifacts", run.artifactCount, runStatus[run.status].final],
    queryFn: ({ signal }) => fetchJson(`${place(workspace, run.id)}/artifacts`, artifactList, signal),
    placeholderData: (previous, query) => (query?.queryKey[2] === run.id ? previous : undefined),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** An act on a run before it is done: which one, and on which tasks. */
export type PlannedAct = { act: "cancel" | "retry_failed" } | { act: "retry"; taskIds: readonly string[] };

/** What an act would touch, as the run is at this moment: read anew for each look. */
export function controlPreviewOptions(workspace: string, runId: string, planned: PlannedAct) {
  const params = new URLSearchParams({ act: planned.act });
  if (planned.act === "retry") for (const taskId of planned.taskIds) params.append("task", taskId);
  return queryOptions({
    queryKey: [...about(workspace, runId), "preview", params.toString()],
    queryFn: ({ signal }) =>
      fetchJson(`${place(workspace, runId)}/control/preview?${params}`, controlPreview, signal),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
}

/** An artifact never changes: what was read of it is kept. */
export function artifactPreviewOptions(workspace: string, runId: string, artifactId: string) {
  return queryOptions({
    queryKey: [...about(workspace, runId), "artifact", artifactId],
    queryFn: ({ signal }) =>
      fetchJson(
        `${place(workspace, runId)}/artifacts/${encodeURIComponent(artifactId)}/preview`,
        artifactPreview,
        signal,
      ),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where the browser loads an artifact from. */
export function artifactFileHref(workspace: string, runId: string, artifactId: string): string {
  return `${place(workspace, runId)}/artifacts/${encodeURIComponent(artifactId)}/file`;
}

function retry(failures: number, error: Error): boolean {
  return failures < 1 && !isLasting(error);
}

function isLasting(error: Error | null): boolean {
  return error instanceof FetchFailure && error.lasting;
}
