"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ActDialog, type ActDialogProps } from "@/components/archive/acts/act-dialog";
import { ActForm, Note } from "@/components/archive/acts/act-form";
import { Fact, FactList, FactSkeleton } from "@/components/archive/acts/fact-list";
import { LoadFailed } from "@/components/archive/acts/load-failed";
import { formatCount, formatDuration, formatPlural } from "@/lib/format";
import { retryFailedAction, retryTasksAction } from "@/lib/runs/actions";
import type { ControlPreview } from "@/lib/runs/control-preview-schema";
import { controlPreviewOptions, type PlannedAct } from "@/lib/runs/page-query-options";
import { type RunState, runKeys } from "@/lib/runs/query-options";
import { taskStatus, taskStatuses } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";
import { useRunGraph } from "../run-boundary";
import { AffectedMap } from "./affected-map";
import { AffectedTasks } from "./affected-tasks";

interface RetryTasksProps extends ActDialogProps {
  workspace: string;
  state: RunState;
  planned: Exclude<PlannedAct, { act: "cancel" }>;
}

/** Runs tasks of this run again, with everything behind them: first what that touches, exactly. */
export function RetryTasks({ workspace, state, planned, ...dialog }: RetryTasksProps) {
  const preview = useQuery(controlPreviewOptions(workspace, state.run.id, planned));
  const chosen = preview.data?.tasks.filter((task) => task.chosen) ?? [];
  return (
    <ActDialog
      {...dialog}
      title={preview.data ? titleOf(preview.data, chosen.length) : "Retry in this run"}
      description={
        <>
          {chosen.length === 1 && chosen[0] && (
            <>
              <span className="mono text-text">{shortTaskName(chosen[0].name, chosen[0].nodeId)}</span> gets a
              new attempt.{" "}
            </>
          )}
          The run goes on where it stands: what succeeded before is kept, and every earlier attempt with its
          log. To begin from nothing, make a new run with Re-run.
        </>
      }
    >
      {preview.isPending && <FactSkeleton lines={4} />}
      {preview.isError && <LoadFailed error={preview.error} onRetry={() => preview.refetch()} />}
      {preview.data && (
        <RetryForm workspace={workspace} state={state} planned={planned} preview={preview.data} />
      )}
    </ActDialog>
  );
}

function titleOf({ total }: ControlPreview, chosen: number): string {
  const behind = total - chosen;
  return `Retry ${formatPlural(chosen, "task")}${behind > 0 ? ` and run ${formatCount(behind)} behind ${chosen === 1 ? "it" : "them"}` : ""}?`;
}

interface RetryFormProps extends Pick<RetryTasksProps, "workspace" | "state" | "planned"> {
  preview: ControlPreview;
}

function RetryForm({ workspace, state: { run, tasks }, planned, preview }: RetryFormProps) {
  const client = useQueryClient();
  const graph = useRunGraph();
  const chosen = preview.tasks.filter((task) => task.chosen).length;
  const again = preview.total - chosen;
  const kept = tasks.length - preview.total;
  return (
    <ActForm
      workspace={workspace}
      action={planned.act === "retry" ? retryTasksAction : retryFailedAction}
      hidden={{ runId: run.id, ...(preview.running > 0 && { force: "true" }) }}
      submit={`Retry ${formatPlural(chosen, "task")}`}
      pending={{ label: "Retrying", note: "Earlier attempts are put away first." }}
      conflictIsDone
      onDone={() => void client.invalidateQueries({ queryKey: runKeys.state(workspace, run.id) })}
    >
      {planned.act === "retry" &&
        planned.taskIds.map((taskId) => <input key={taskId} type="hidden" name="taskIds" value={taskId} />)}
      <AffectedMap graph={graph} preview={preview} />
      <FactList>
        <Fact name="Retried" tone="fail">
          {formatCount(chosen)}
        </Fact>
        {again > 0 && (
          <Fact name="Run again behind" tone="run">
            {formatCount(again)} <span className="text-text-3">{byStatus(preview)}</span>
          </Fact>
        )}
        <Fact name="Kept" tone="ok">
          {formatCount(kept)}
        </Fact>
        {preview.artifacts > 0 && (
          <Fact name="Artifacts superseded">
            {formatCount(preview.artifacts)}
            <span className="text-text-3">, kept with their attempt</span>
          </Fact>
        )}
        <Fact name="Takes">
          {preview.estimateMs === null ? (
            <span className="text-text-3">unknown: no earlier run succeeded</span>
          ) : (
            `about ${formatDuration(preview.estimateMs)}, by the median of earlier runs`
          )}
        </Fact>
      </FactList>
      {preview.total > 1 && <AffectedTasks preview={preview} label="Tasks that run again" />}
      {preview.running > 0 && (
        <Note tone="warn">
          {preview.running === 1
            ? "One of them is running: what it has done so far is dropped."
            : `${formatCount(preview.running)} of them are running: what they have done so far is dropped.`}
        </Note>
      )}
    </ActForm>
  );
}

/** "(25 skipped, 1 succeeded)": of those behind, as they are now. */
function byStatus({ tasks, counts }: ControlPreview): string {
  const parts = taskStatuses.flatMap((status) => {
    const chosen = tasks.filter((task) => task.chosen && task.status === status).length;
    const count = (counts[status] ?? 0) - chosen;
    return count > 0 ? [`${formatCount(count)} ${taskStatus[status].label.toLowerCase()}`] : [];
  });
  return `(${parts.join(", ")})`;
}
