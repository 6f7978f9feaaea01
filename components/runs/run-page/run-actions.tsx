"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleStop, GitCompareArrows, Rewind, RotateCcw, ScrollText } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { isRecorded } from "@/lib/replay/recorded";
import { runStateOptions } from "@/lib/runs/query-options";
import { retryableFailures, retryWords } from "@/lib/runs/retryable";
import { runStatus } from "@/lib/runs/status";
import { ActButton } from "./acts/act-button";
import { useRunActs } from "./acts/acts-context";
import { RunActDialogs } from "./acts/run-act-dialogs";
import { RunMenu } from "./run-menu";

/** At the end of the run's top bar: what may be done with it, the likeliest act last. */
export function RunActions({ workspace, runId }: { workspace: string; runId: string }) {
  const { data } = useQuery(runStateOptions(workspace, runId));
  const { begin } = useRunActs();
  if (!data) return null;
  const { run, tasks } = data;
  const going = !runStatus[run.status].final;
  const retryable = going && run.status === "cancelling" ? [] : retryableFailures(tasks);
  return (
    <>
      <Button asChild variant="ghost" className="max-md:hidden">
        <Link href={`/w/${workspace}/logs?run=${encodeURIComponent(runId)}`} aria-label="Logs of all tasks">
          <ScrollText size={14} aria-hidden="true" />
          <span className="max-lg:hidden">Logs</span>
        </Link>
      </Button>
      <Button asChild variant="ghost" className="max-md:hidden">
        <Link href={`/w/${workspace}/runs/${encodeURIComponent(runId)}/compare`}>
          <GitCompareArrows size={14} aria-hidden="true" />
          Compare
        </Link>
      </Button>
      {going ? (
        <ActButton
          variant="danger"
          disabled={run.status === "cancelling"}
          onClick={() => begin({ kind: "cancel" })}
          className="max-md:hidden"
        >
          <CircleStop size={14} aria-hidden="true" />
          {run.status === "cancelling" ? "Cancelling" : "Cancel run…"}
        </ActButton>
      ) : isRecorded(run) ? (
        <ActButton onClick={() => begin({ kind: "replay" })} className="max-md:hidden">
          <Rewind size={14} aria-hidden="true" />
          Replay…
        </ActButton>
      ) : (
        <ActButton onClick={() => begin({ kind: "rerun" })} className="max-md:hidden">
          Re-run…
        </ActButton>
      )}
      {retryable.length > 0 && (
        <ActButton
          variant={going ? "default" : "primary"}
          onClick={() => begin({ kind: "retry_failed" })}
          className="max-md:hidden"
        >
          <RotateCcw size={14} aria-hidden="true" />
          <span className="max-lg:hidden">{retryWords(retryable)}</span>
          <span className="lg:hidden">Retry {formatCount(retryable.length)}</span>
        </ActButton>
      )}
      <RunMenu workspace={workspace} run={run} retryable={retryable} />
      <RunActDialogs workspace={workspace} state={data} />
    </>
  );
}
