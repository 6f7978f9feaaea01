"use client";

import { useState } from "react";
import { ActDialog } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { useAct } from "@/components/saved-views/use-act";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { decideFailureAction, reopenFailureAction } from "@/lib/runs/failures/actions";
import type { Decision, Mark } from "@/lib/runs/failures/schema";

interface DecisionProps {
  workspace: string;
  subject: "lineage" | "error";
  subjectKey: string;
  /** "rnaseq" or a template: what is decided about, in the dialog. */
  name: string;
  mark: Mark | null;
}

/** Says that a failure needs nobody any more, and why; or takes that back. */
export function DecisionButton({ workspace, subject, subjectKey, name, mark }: DecisionProps) {
  const [open, setOpen] = useState(false);
  const [decision, setDecision] = useState<Decision>("resolved");
  const { act, pending, failure } = useAct(workspace);
  if (mark) {
    return (
      <span className="inline-flex items-center gap-2">
        <Button
          size="sm"
          className="relative z-1"
          disabled={pending}
          onClick={() => act(reopenFailureAction, { subject, key: subjectKey })}
        >
          Open again
        </Button>
        {failure && (
          <span role="alert" className="text-12 text-fail-text">
            {failure.message}
          </span>
        )}
      </span>
    );
  }
  return (
    <>
      <Button size="sm" className="relative z-1" onClick={() => setOpen(true)}>
        Resolve…
      </Button>
      <ActDialog
        open={open}
        onOpenChange={setOpen}
        title={subject === "lineage" ? "Resolve this failure" : "Resolve this error"}
        description={name}
      >
        <ActForm
          workspace={workspace}
          action={decideFailureAction}
          submit={`${decision === "resolved" ? "Resolve" : "Ignore"} 1 ${subject === "lineage" ? "failure" : "error"}`}
          pending={{ label: "Saving" }}
          keep="Keep open"
          hidden={{ subject, key: subjectKey, decision }}
          onDone={() => setOpen(false)}
        >
          {(failed) => (
            <>
              <ToggleGroup<Decision>
                label="Decision"
                value={decision}
                options={[
                  { value: "resolved", label: "Resolved" },
                  { value: "ignored", label: "Ignored" },
                ]}
                onValueChange={setDecision}
              />
              <p className="mt-2 mb-3 text-12 text-text-2">
                {decision === "resolved"
                  ? "The cause is gone. When it happens again, it comes back by itself."
                  : "Nobody will look at it. It stays away, also when it happens again, until somebody opens it."}
              </p>
              <TextField
                label="Reason"
                name="reason"
                rows={2}
                maxLength={500}
                required
                error={failed?.fields?.reason}
              />
            </>
          )}
        </ActForm>
      </ActDialog>
    </>
  );
}
