"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formatClock } from "@/lib/format";
import { runStateOptions } from "@/lib/runs/query-options";
import { FailureStrip } from "./failure-strip";
import { useRunGraph } from "./run-boundary";
import { RunHeader } from "./run-header";
import { RunKeys } from "./run-keys";
import { RunPageProvider } from "./run-page-context";
import { RunPageSkeleton } from "./run-page-skeleton";
import { RunSplit } from "./run-split";

interface RunPageProps {
  workspace: string;
  runId: string;
}

/** The run page under its top bar. The server hands over the first state, which follows the run until it is over. */
export function RunPage({ workspace, runId }: RunPageProps) {
  const graph = useRunGraph();
  const { data, error, refetch, isFetching } = useQuery(runStateOptions(workspace, runId));
  if (!data) return <RunPageSkeleton />;
  return (
    <RunPageProvider workspace={workspace} state={data} graph={graph}>
      <RunKeys />
      <RunHeader />
      {error && (
        <Notice
          tone="warn"
          className="shrink-0 border-t-0"
          action={
            <Button size="sm" disabled={isFetching} onClick={() => refetch()}>
              Try again
            </Button>
          }
        >
          As of {formatClock(data.run.asOf)} UTC. The run could not be read again: {error.message}
        </Notice>
      )}
      <FailureStrip />
      <RunSplit />
    </RunPageProvider>
  );
}
