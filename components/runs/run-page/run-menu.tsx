"use client";

import { MoreHorizontal } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { isRecorded } from "@/lib/replay/recorded";
import { retryWords } from "@/lib/runs/retryable";
import type { RunDetail, TaskRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import { useRunActs } from "./acts/acts-context";

interface RunMenuProps {
  workspace: string;
  run: RunDetail;
  retryable: readonly Pick<TaskRow, "status">[];
}

/** Everything there is to do with a run; on a phone, where the bar has no room, the acts too. */
export function RunMenu({ workspace, run, retryable }: RunMenuProps) {
  const { begin, mayWrite } = useRunActs();
  const [copied, setCopied] = useState(false);
  const id = encodeURIComponent(run.id);
  const going = !runStatus[run.status].final;
  const act = (label: string, begins: Parameters<typeof begin>[0], blocked: string | null = null) => (
    <DropdownMenuItem
      disabled={!mayWrite || blocked !== null}
      // When the menu has closed and given its focus back, so that the dialog can take it.
      onSelect={() => setTimeout(() => begin(begins))}
    >
      {label}
      {(blocked || !mayWrite) && (
        <span className="ml-auto pl-6 text-12">{blocked ?? "needs runs:write"}</span>
      )}
    </DropdownMenuItem>
  );
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <DropdownMenu onOpenChange={(open) => open && setCopied(false)}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="More about this run">
          <MoreHorizontal size={16} aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="min-w-56">
        {act(
          retryable.length > 0 ? `${retryWords(retryable)}…` : "Retry failed tasks…",
          { kind: "retry_failed" },
          retryable.length > 0 ? null : "none failed",
        )}
        {act("Re-run as a new run…", { kind: "rerun" })}
        {isRecorded(run) && act("Replay…", { kind: "replay" }, going ? "it is not over" : null)}
        {act("Cancel run…", { kind: "cancel" }, going ? null : "it is over")}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href={`/w/${workspace}/logs?run=${id}`}>Logs of all tasks</Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href={`/w/${workspace}/runs/${id}/compare`}>Compare with another run</Link>
        </DropdownMenuItem>
        {run.retryOfRunId && (
          <DropdownMenuItem asChild>
            <Link href={`/w/${workspace}/runs/${encodeURIComponent(run.retryOfRunId)}`}>
              The run that this one repeats
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => copy(run.id)}>Copy run id</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => copy(window.location.href)}>
          Copy link to this view
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={`/api/w/${workspace}/runs/${id}/export`} download>
            Export as JSON
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </DropdownMenu>
  );
}
