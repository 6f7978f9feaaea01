"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { FetchFailure } from "@/lib/query/fetch-json";
import { fromMd } from "./pattern-columns";

export function PatternsSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Counting patterns</span>
      {skeletonWidths.map((width) => (
        <div key={width} className="flex h-9 items-center gap-6 border-line border-b pr-4 pl-8 max-md:h-16">
          <span className="min-w-0 grow">
            <span className="block h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
          </span>
          <Skeleton className="w-24 shrink-0" />
          <Skeleton className={`w-32 shrink-0 ${fromMd}`} />
        </div>
      ))}
    </div>
  );
}
const skeletonWidths = [62, 48, 71, 39, 55, 44, 66, 35, 51, 58];

interface PatternsFailedProps {
  error: Error;
  retrying: boolean;
  onRetry: () => void;
}

export function PatternsFailed({ error, retrying, onRetry }: PatternsFailedProps) {
  return (
    <FailedState
      title="Patterns cannot be counted"
      requestId={error instanceof FetchFailure ? error.requestId : null}
      onRetry={onRetry}
      retrying={retrying}
    >
      <p>{error.message} The rows themselves can still be read.</p>
    </FailedState>
  );
}

export function NoPatternsYet({ ended }: { ended: boolean }) {
  return (
    <EmptyState title="No patterns so far">
      <p>
        {ended
          ? "This episode ended without a row."
          : "Messages are grouped by what they have in common as soon as its producer writes them."}
      </p>
    </EmptyState>
  );
}

interface NoPatternFoundProps {
  having: string;
  onlyNew: boolean;
  onDrop: () => void;
}

/** The list's own search is the reason. */
export function NoPatternFound({ having, onlyNew, onDrop }: NoPatternFoundProps) {
  return (
    <EmptyState
      title={onlyNew && having === "" ? "No pattern is new" : `No pattern has “${having}” in it`}
      actions={<Button onClick={onDrop}>Show all patterns</Button>}
    />
  );
}

/** The query is the reason. */
export function NoRowToGroup({ note, onClear }: { note: string | null; onClear: () => void }) {
  return (
    <EmptyState title="No rows match this filter" actions={<Button onClick={onClear}>Clear filter</Button>}>
      <p>{note ?? "All rows were looked at; none of them matches."}</p>
    </EmptyState>
  );
}
