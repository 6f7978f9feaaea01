"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ActDialog, type ActDialogProps } from "@/components/archive/acts/act-dialog";
import { ActForm, Note } from "@/components/archive/acts/act-form";
import { Fact, FactList, FactSkeleton } from "@/components/archive/acts/fact-list";
import { LoadFailed } from "@/components/archive/acts/load-failed";
import { formatCount, formatPlural } from "@/lib/format";
import { cancelRunAction } from "@/lib/runs/actions";
import { controlPreviewOptions } from "@/lib/runs/page-query-options";
import { type RunState, runKeys } from "@/lib/runs/query-options";
import { runStatus } from "@/lib/runs/status";
import { AffectedTasks } from "./affected-tasks";

interface CancelRunProps extends ActDialogProps {
  workspace: string;
  state: RunState;
}

/** Ends what waits at once, and tells what runs to stop: first how many of each. */
export function CancelRun({ workspace, state: { run, tasks }, ...dialog }: CancelRunProps) {
  const client = useQueryClient();
  const preview = useQuery(controlPreviewOptions(workspace, run.id, { act: "cancel" }));
  const data = preview.data;
  const over = runStatus[run.status].final;
  const left = data?.total ?? 0;
  return (
    <ActDialog
      {...dialog}
      title="Cancel this run?"
      description="What has succeeded stays, with its logs and artifacts. Tasks that were cancelled can be retried later."
    >
      {preview.isPending && <FactSkeleton lines={3} />}
      {preview.isError && <LoadFailed error={preview.error} onRetry={() => preview.refetch()} />}
      {data && (
        <ActForm
          workspace={workspace}
          action={cancelRunAction}
          hidden={{ runId: run.id }}
          submit={`Cancel ${formatPlural(left, "task")}`}
          pending={{ label: "Cancelling", note: "Running tasks are told with their next heartbeat." }}
          keep="Let it run"
          danger
          conflictIsDone
          onDone={() => void client.invalidateQueries({ queryKey: runKeys.state(workspace, run.id) })}
        >
          <FactList>
            <Fact name="Stops at once" tone="off">
              {formatCount(left - data.running)} <span className="text-text-3">that wait</span>
            </Fact>
            <Fact name="Told to stop" tone="warn">
              {formatCount(data.running)} <span className="text-text-3">that run</span>
            </Fact>
            <Fact name="Kept" tone="ok">
              {formatCount(tasks.length - left)}
            </Fact>
          </FactList>
          {left > 0 && <AffectedTasks preview={data} label="Tasks that are cancelled" />}
          {data.running > 0 && (
            <Note>
              A running task hears of it with its next heartbeat, within 10 seconds. One that does not answer
              is ended for it after a minute; work that was completed before the word arrived stays.
            </Note>
          )}
          {over && <Note tone="warn">The run ended while you were reading this.</Note>}
        </ActForm>
      )}
    </ActDialog>
  );
}
