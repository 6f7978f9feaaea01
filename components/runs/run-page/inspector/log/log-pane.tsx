"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { mostRows } from "@/lib/runs/log-window";
import { isMissing } from "@/lib/runs/query-options";
import { runPageParams } from "@/lib/runs/run-page-params";
import { logWindowOptions, newerOptions, readOlder, type WantedLog } from "@/lib/runs/task-log-options";
import { PaneFailed } from "../../pane-failed";
import { useRunPage } from "../../run-page-context";
import { LogLines } from "./log-lines";
import { LogStatus } from "./log-status";
import { NothingWritten } from "./task-log";

interface LogPaneProps {
  episodeId: string;
  live: boolean;
}

/** The rows of one log that pass what was chosen. */
export function LogPane({ episodeId, live }: LogPaneProps) {
  const { workspace } = useRunPage();
  const [{ stream, find, line }, setParams] = useQueryStates(runPageParams);
  const wanted: WantedLog = { workspace, episodeId, stream, find, line };
  const client = useQueryClient();
  const log = useQuery(logWindowOptions(wanted));
  const missing = isMissing(log.error);
  const newer = useQuery(newerOptions(wanted, live || log.data?.moreNewer === true, log.data !== undefined));
  const [reading, setReading] = useState<"no" | "yes" | "failed">("no");

  // A task names its log before its first row is stored.
  useQuery({
    ...logWindowOptions(wanted),
    enabled: missing && live,
    refetchInterval: missing && live ? 2_000 : false,
  });

  if (missing) return <NothingWritten status={live ? "running" : "succeeded"} />;
  if (log.isPending) return <LogSkeleton />;
  if (!log.data) return <PaneFailed title="The log cannot be read" query={log} />;
  const { rows, older } = log.data;
  const readBack = () => {
    if (reading === "yes" || older === null || rows.length >= mostRows) return;
    setReading("yes");
    readOlder(client, wanted).then(
      () => setReading("no"),
      () => setReading("failed"),
    );
  };
  const asksForSome = stream !== "all" || find !== "";
  if (rows.length === 0 && older === null) {
    if (!asksForSome) return <NothingWritten status={live ? "running" : "succeeded"} />;
    return (
      <EmptyState
        title="No row matches"
        className="px-4"
        actions={<Button onClick={() => setParams({ stream: null, find: null })}>Show all rows</Button>}
      >
        <p>
          Nothing in this log {find ? `contains “${find}”` : "was written"}
          {stream === "all" ? "" : ` to ${stream}`}
          {live ? " so far." : "."}
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <LogLines window={log.data} reading={reading} onReadBack={readBack} />
      <LogStatus episodeId={episodeId} window={log.data} live={live} failed={newer.isError} />
    </>
  );
}

function LogSkeleton() {
  return (
    <div role="status" aria-label="Reading the log" className="grid gap-3 px-4 pt-4">
      {Array.from({ length: 18 }, (_, index) => (
        <Skeleton key={String(index)} className={index % 3 === 0 ? "w-1/2" : "w-3/4"} />
      ))}
    </div>
  );
}
