"use client";

import { useState } from "react";
import { ActDialog, type ActDialogProps } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { Field } from "@/components/ui/field";
import { formatDuration, formatPlural } from "@/lib/format";
import { replayRunAction } from "@/lib/replay/actions";
import type { RunState } from "@/lib/runs/query-options";

interface ReplayRunProps extends ActDialogProps {
  workspace: string;
  state: RunState;
}

/** A recorded run once more, through the engine: with its durations and files, at another speed, with failures if wished. */
export function ReplayRun({ workspace, state: { run, tasks }, ...dialog }: ReplayRunProps) {
  // Made with the form: the same wish sent twice is one run.
  const [key] = useState(() => crypto.randomUUID());
  const took = run.durationMs === null ? "" : ` It took ${formatDuration(run.durationMs)}.`;
  return (
    <ActDialog
      {...dialog}
      title={`Replay ${run.workflowName}?`}
      description={`A new run plays the ${formatPlural(tasks.length, "task")} of this one again, each as long as it was recorded.${took}`}
    >
      <ActForm
        workspace={workspace}
        action={replayRunAction}
        hidden={{ runId: run.id, key }}
        submit={`Replay ${formatPlural(tasks.length, "task")}`}
        pending={{ label: "Making the run" }}
        keep="Leave it"
      >
        {(wrong) => {
          const field = (name: string, usual: string) => ({
            name,
            defaultValue: wrong?.values?.[name] ?? usual,
            error: wrong?.fields?.[name],
            inputMode: "decimal" as const,
            required: true,
          });
          return (
            <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
              <Field label="Speed" hint="times as fast" {...field("speed", "60")} />
              <Field label="Failure rate" hint="share of attempts, 0 to 1" {...field("failureRate", "0")} />
              <Field label="Seed" hint="the same, the same failures" {...field("seed", "1")} />
            </div>
          );
        }}
      </ActForm>
    </ActDialog>
  );
}
