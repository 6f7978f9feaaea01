"use client";

import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { FetchFailure } from "@/lib/query/fetch-json";

const widths = ["w-40", "w-56", "w-48", "w-64", "w-44", "w-52", "w-36", "w-60", "w-48", "w-40"];

export function RunsSkeleton() {
  return (
    <div role="status" aria-label="Matching the tasks of both runs" className="flex flex-col">
      <span className="flex h-11 items-center border-line border-b px-4">
        <Skeleton className="w-80" />
      </span>
      <span className="h-18 border-line border-b" />
      {widths.map((width, index) => (
        <span key={`${width} ${String(index)}`} className="flex h-8 items-center border-line border-b px-4">
          <Skeleton className={width} />
        </span>
      ))}
    </div>
  );
}

interface RunsFailedProps {
  error: Error | null;
  onRetry: () => void;
  retrying: boolean;
}

export function RunsFailed({ error, onRetry, retrying }: RunsFailedProps) {
  if (error instanceof FetchFailure && error.status === 404) {
    return (
      <EmptyState title="One of the two runs is not in this workspace">
        <p>The link may be cut off, or the run belongs to another workspace. Choose another one above.</p>
      </EmptyState>
    );
  }
  return (
    <FailedState
      title="The two runs cannot be compared"
      requestId={error instanceof FetchFailure ? error.requestId : null}
      onRetry={onRetry}
      retrying={retrying}
    >
      <p>{error?.message} Both runs and their logs are as they were.</p>
    </FailedState>
  );
}
