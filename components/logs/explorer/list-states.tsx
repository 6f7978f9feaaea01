"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import type { LogFilter } from "@/lib/logs/schema";
import { FetchFailure } from "@/lib/query/fetch-json";

/** Until the first row is found: the same lines that will hold it. */
export function SearchingRows() {
  return (
    <div aria-hidden="true" className="flex flex-col overflow-hidden">
      {skeletonWidths.map((width) => (
        <span key={width} className="flex h-5 items-center gap-6 pl-5">
          <Skeleton className="w-10 max-md:hidden" />
          <Skeleton className="w-18" />
          <span className="h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
        </span>
      ))}
    </div>
  );
}
const skeletonWidths = [46, 31, 58, 39, 52, 27, 63, 35, 49, 42, 55, 29];

interface SearchFailedProps {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

export function SearchFailed({ error, onRetry, retrying }: SearchFailedProps) {
  return (
    <FailedState
      title="Rows cannot be searched"
      requestId={error instanceof FetchFailure ? error.requestId : null}
      onRetry={onRetry}
      retrying={retrying}
    >
      <p>{error.message} Nothing was found so far, and nothing is lost.</p>
    </FailedState>
  );
}

export function NoRowsYet({ ended }: { ended: boolean }) {
  return (
    <EmptyState title="No rows written so far">
      <p>
        {ended
          ? "This episode ended without a row."
          : "Rows appear here as soon as its producer writes them."}
      </p>
    </EmptyState>
  );
}

interface NoMatchProps {
  filter: LogFilter;
  total: number;
  onDropText: () => void;
  onClear: () => void;
}

export function NoMatch({ filter, total, onDropText, onClear }: NoMatchProps) {
  const both = filter.levels.length > 0 && filter.text !== "";
  const wanted = [
    filter.levels.length > 0 && `is ${filter.levels.join(" or ")}`,
    filter.text && `has “${filter.text}” in its text`,
  ].filter(Boolean);
  return (
    <EmptyState
      title={both ? "No rows match these filters" : "No rows match this filter"}
      actions={
        <>
          {both && <Button onClick={onDropText}>Drop the text</Button>}
          <Button variant={both ? "ghost" : "default"} onClick={onClear}>
            Clear filter
          </Button>
        </>
      }
    >
      <p>
        All {formatCount(total)} rows were looked at; none of them {wanted.join(" and ")}.
      </p>
    </EmptyState>
  );
}
