"use client";

import { useState } from "react";
import { ActDialog } from "@/components/archive/acts/act-dialog";
import { ActForm } from "@/components/archive/acts/act-form";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/lib/format";
import { retryFailedAction } from "@/lib/runs/actions";
import type { UnresolvedRow } from "@/lib/runs/failures/schema";

/** Retries what failed, in the run where it failed last. */
export function RetryLineage({ workspace, row }: { workspace: string; row: UnresolvedRow }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" className="relative z-1" onClick={() => setOpen(true)}>
        Retry…
      </Button>
      <ActDialog
        open={open}
        onOpenChange={setOpen}
        title="Retry failed tasks"
        description={`${row.workflowName} v${row.versionNumber}: ${row.task?.name ?? "what failed"} runs again in the same run${row.skipped > 0 ? `, and ${formatPlural(row.skipped, "task")} that ${row.skipped === 1 ? "was" : "were"} skipped behind it` : ""}. The attempts so far are kept.`}
      >
        <ActForm
          workspace={workspace}
          action={retryFailedAction}
          submit="Retry failed tasks"
          pending={{ label: "Starting" }}
          hidden={{ runId: row.runId }}
        >
          <p className="mono rounded-2 bg-hover px-2 py-1.5 text-12 [overflow-wrap:anywhere]">{row.error}</p>
        </ActForm>
      </ActDialog>
    </>
  );
}
