"use client";

import type { RunState } from "@/lib/runs/query-options";
import { useRunActs } from "./acts-context";
import { CancelRun } from "./cancel-run";
import { ReplayRun } from "./replay-run";
import { RerunRun } from "./rerun-run";
import { RetryTasks } from "./retry-tasks";

interface RunActDialogsProps {
  workspace: string;
  state: RunState;
}

/** The one act that is open. */
export function RunActDialogs({ workspace, state }: RunActDialogsProps) {
  const { open, close, opener } = useRunActs();
  const dialog = {
    workspace,
    state,
    open: true,
    onOpenChange: (is: boolean) => is || close(),
    returnFocusTo: opener,
  };
  switch (open?.kind) {
    case "cancel":
      return <CancelRun {...dialog} />;
    case "retry":
      return <RetryTasks {...dialog} planned={{ act: "retry", taskIds: open.taskIds }} />;
    case "retry_failed":
      return <RetryTasks {...dialog} planned={{ act: "retry_failed" }} />;
    case "rerun":
      return <RerunRun {...dialog} />;
    case "replay":
      return <ReplayRun {...dialog} />;
    default:
      return null;
  }
}
