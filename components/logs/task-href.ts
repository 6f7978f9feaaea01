/** The page of a run, with the task that wrote an episode. */
export function taskHref(workspace: string, runId: string, taskId: string | undefined): string {
  const task = taskId ? `?task=${encodeURIComponent(taskId)}` : "";
  return `/w/${workspace}/runs/${encodeURIComponent(runId)}${task}`;
}
