import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { type LogPage, logPage } from "@/lib/logs/schema";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import { newerOf } from "./live/apply";
import { runDetail, type TaskRow, taskDetail, taskRow } from "./schema";
import { taskStatus } from "./status";

/** A run with all its tasks, and the position from which its live events go on. */
export const runState = z.object({ run: runDetail, tasks: z.array(taskRow), seq: z.string() });
export type RunState = z.infer<typeof runState>;

const pollMs = 3_000;
const tailRows = 200;
/** Beyond every sequence number: "from the end backward". */
const lastPossible = "9223372036854775807";

const place = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}`;

export const runKeys = {
  state: (workspace: string, runId: string) => ["runs", workspace, runId, "state"] as const,
  task: (workspace: string, runId: string, task: Pick<TaskRow, "id" | "status" | "attempt">) =>
    // Status and attempt are part of the key: what is known about a task changes with them.
    ["runs", workspace, runId, "task", task.id, task.status, task.attempt] as const,
  tail: (workspace: string, episodeId: string) => ["logs", workspace, episodeId, "tail"] as const,
};

/**
 * Read when somebody comes back to the page, and by whoever follows the run (components/runs/live). What was told while an
 * answer was on its way is newer than the answer, and stays.
 */
export function runStateOptions(workspace: string, runId: string) {
  const queryKey = runKeys.state(workspace, runId);
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }) => {
      const path = `${place(workspace)}/runs/${encodeURIComponent(runId)}/state`;
      const read = await fetchJson(path, runState, signal);
      return newerOf(client.getQueryData<RunState>(queryKey), read);
    },
    retry,
    refetchOnWindowFocus: true,
    staleTime: pollMs,
  });
}

/** Where a run's events come from, from a position on. */
export function runEventsAddress(workspace: string, runId: string, seq: string): string {
  return `${place(workspace)}/runs/${encodeURIComponent(runId)}/events?from=${encodeURIComponent(seq)}`;
}

/** All of one task. While it changes, the last known stays on screen. */
export function taskOptions(workspace: string, runId: string, task: TaskRow) {
  return queryOptions({
    queryKey: runKeys.task(workspace, runId, task),
    queryFn: ({ signal }) => {
      const path = `/runs/${encodeURIComponent(runId)}/tasks/${encodeURIComponent(task.id)}`;
      return fetchJson(place(workspace) + path, taskDetail, signal);
    },
    placeholderData: (previous) => (previous?.id === task.id ? previous : undefined),
    retry,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The end of a task's log; followed while the task runs. */
export function logTailOptions(workspace: string, episodeId: string, status: TaskRow["status"]) {
  return queryOptions({
    // A final read follows the end of the task: its last rows may be written after its last poll.
    queryKey: [...runKeys.tail(workspace, episodeId), taskStatus[status].final],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        from: lastPossible,
        direction: "backward",
        limit: String(tailRows),
      });
      return fetchJson(
        `${place(workspace)}/logs/${encodeURIComponent(episodeId)}/rows?${query}`,
        logPage,
        signal,
      );
    },
    // A log that is not there yet may be there at the next question.
    refetchInterval: ({ state }) =>
      taskStatus[status].final || (isLasting(state.error) && !isMissing(state.error)) ? false : pollMs,
    retry,
    placeholderData: (previous: LogPage | undefined, query) =>
      query?.queryKey[2] === episodeId ? previous : undefined,
    staleTime: pollMs,
  });
}

/** A refusal or an absence is an answer; asking twice would only delay it. */
function retry(failures: number, error: Error): boolean {
  return failures < 1 && !isLasting(error);
}

/** What was asked for is not there, or not yet: a task names its log before its first row is stored. */
export function isMissing(error: Error | null): boolean {
  return error instanceof FetchFailure && error.status === 404;
}

function isLasting(error: Error | null): boolean {
  return error instanceof FetchFailure && error.lasting;
}
