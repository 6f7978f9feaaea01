"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { exportsOptions } from "@/lib/logs/export/query-options";
import { FetchFailure } from "@/lib/query/fetch-json";
import { useExplorerContext } from "../explorer/explorer-context";
import { ExportItem } from "./export-item";

/** One's own exports of this workspace, newest first. Nobody else sees them. */
export function ExportList() {
  const { address } = useExplorerContext();
  const { data, error, isFetching, refetch } = useQuery(exportsOptions(address.workspace));
  if (!data && error) {
    return (
      <FailedState
        title="Your exports cannot be read"
        requestId={error instanceof FetchFailure ? error.requestId : null}
        onRetry={() => void refetch()}
        retrying={isFetching}
        className="px-0 py-4"
      >
        <p>{error.message} Those under way go on.</p>
      </FailedState>
    );
  }
  if (!data) return <Waiting />;
  if (data.exports.length === 0) {
    return (
      <EmptyState title="No exports yet" className="px-0 py-4">
        <p>Files that a worker prepares in the background appear here, for you alone, and stay for a day.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {data.exports.map((job) => (
        <ExportItem key={job.id} workspace={address.workspace} job={job} />
      ))}
    </ul>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 py-4">
      {["a", "b", "c"].map((line) => (
        <Skeleton key={line} className="w-full" />
      ))}
    </div>
  );
}
