"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatClock, formatCount } from "@/lib/format";
import { FetchFailure } from "@/lib/query/fetch-json";
import { isMissing, logTailOptions } from "@/lib/runs/query-options";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";
import { logHref } from "./log-href";
import { LogRows } from "./log-rows";
import { lastSeq } from "./log-tail";

/** The end of the task's log. While the task runs, the newest row stays in view. */
export function TaskLog({ task }: { task: TaskRow }) {
  if (!task.logRef) return <NothingWritten status={task.status} />;
  return <LogTail key={task.logRef} episodeId={task.logRef} status={task.status} />;
}

function NothingWritten({ status }: { status: TaskRow["status"] }) {
  return (
    <EmptyState title="No log" className="px-4">
      <p>
        {taskStatus[status].final
          ? "This task wrote no log."
          : "Nothing is written yet. The log appears here as soon as the task writes its first row."}
      </p>
    </EmptyState>
  );
}

function LogTail({ episodeId, status }: { episodeId: string; status: TaskRow["status"] }) {
  const { workspace } = useRunPage();
  const tail = useQuery(logTailOptions(workspace, episodeId, status));
  const rows = tail.data?.rows ?? [];
  const newest = lastSeq(rows);
  const end = useFollow(newest);

  if (isMissing(tail.error)) return <NothingWritten status={status} />;
  if (tail.isPending) return <TailSkeleton />;
  if (!tail.data) {
    return (
      <FailedState
        title="The log cannot be read"
        requestId={tail.error instanceof FetchFailure ? tail.error.requestId : null}
        onRetry={() => tail.refetch()}
        retrying={tail.isFetching}
        className="px-4"
      >
        {tail.error.message}
      </FailedState>
    );
  }
  return (
    <div className="px-4 pb-4">
      <div className="sticky top-0 z-10 flex h-9 items-center gap-2 border-line border-b bg-surface text-12 max-md:static">
        <span className="min-w-0 truncate text-text-3">
          {rows.length === 0
            ? "Nothing is written yet"
            : `last ${formatCount(rows.length)} of ${formatCount(tail.data.nextSequenceNumber)} rows`}
          , as of {formatClock(tail.data.asOf)} UTC
          {tail.isError && <span className="text-warn-text">, reconnecting</span>}
        </span>
        <Link
          href={logHref(workspace, episodeId, newest)}
          className="ml-auto whitespace-nowrap rounded-1 font-medium text-accent-text hover:underline"
        >
          Open in logs
        </Link>
      </div>
      <LogRows rows={rows} />
      <div ref={end} />
    </div>
  );
}

/** Keeps the end in view while the reader is there; whoever has scrolled back is left alone. */
function useFollow(newest: string | undefined) {
  const end = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const panel = newest === undefined ? null : end.current?.closest('[role="tabpanel"]');
    if (!panel) return;
    if (following.current) panel.scrollTop = panel.scrollHeight;
    const onScroll = () => {
      following.current = panel.scrollHeight - panel.scrollTop - panel.clientHeight < nearEnd;
    };
    panel.addEventListener("scroll", onScroll);
    return () => panel.removeEventListener("scroll", onScroll);
  }, [newest]);
  return end;
}

/** Pixels from the end that still count as being there. */
const nearEnd = 24;

function TailSkeleton() {
  return (
    <div role="status" aria-label="Reading the log" className="grid gap-3 px-4 pt-4">
      {Array.from({ length: 24 }, (_, index) => (
        <Skeleton key={String(index)} className={index % 3 === 0 ? "w-1/2" : "w-3/4"} />
      ))}
    </div>
  );
}
