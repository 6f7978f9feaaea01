"use client";

import Link from "next/link";
import { useState } from "react";
import { ActDialog, type ActDialogProps } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { Fact, FactList } from "@/components/archive/acts/fact-list";
import { formatCount, formatPlural } from "@/lib/format";
import { retryRunAction } from "@/lib/runs/actions";
import type { RunState } from "@/lib/runs/query-options";
import { inputName } from "../input-name";

interface RerunRunProps extends ActDialogProps {
  workspace: string;
  state: RunState;
}

/** A new run like this one. Worded apart from a retry, which goes on in this run. */
export function RerunRun({ workspace, state: { run, tasks }, ...dialog }: RerunRunProps) {
  // Made with the form: the same wish sent twice is one run.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const others = `/w/${workspace}/workflows/${encodeURIComponent(run.workflowId)}/start?version=${run.versionNumber}&from=${encodeURIComponent(run.id)}`;
  return (
    <ActDialog
      {...dialog}
      title={`Make a new run of ${run.workflowName}?`}
      description="This run stays as it is. The new one begins from nothing, with the graph that this one had. To run only what failed, use Retry in this run."
    >
      <ActForm
        workspace={workspace}
        action={retryRunAction}
        hidden={{ runId: run.id, idempotencyKey }}
        submit="Make 1 new run"
        pending={{ label: "Making the run" }}
        keep="Leave it"
      >
        <FactList>
          <Fact name="Version">{run.versionNumber}</Fact>
          <Fact name="Tasks">{formatCount(tasks.length)}, all of them run</Fact>
          <Fact name="Inputs">
            {run.inputs.length === 0 ? (
              <span className="text-text-3">none</span>
            ) : (
              run.inputs.slice(0, 3).map(inputName).join(", ")
            )}
            {run.inputs.length > 3 && ` and ${formatPlural(run.inputs.length - 3, "other")}`}
          </Fact>
        </FactList>
        <p className="mt-3 text-text-2">
          <Link href={others} className="rounded-1 font-medium text-accent-text hover:underline">
            Choose other inputs or another version
          </Link>{" "}
          instead.
        </p>
      </ActForm>
    </ActDialog>
  );
}
