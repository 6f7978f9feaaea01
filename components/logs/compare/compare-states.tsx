"use client";

import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatPlural } from "@/lib/format";
import type { Comparison } from "@/lib/logs/compare/schema";
import { FetchFailure } from "@/lib/query/fetch-json";

/** What is being done, in words: a large episode takes some seconds. */
export function Comparing({ rows }: { rows: number }) {
  return (
    <div role="status" className="flex min-h-0 grow flex-col">
      <p className="flex min-h-11 items-center border-line border-b px-3 text-text-2">
        {rows > 0
          ? `Comparing ${formatPlural(rows, "row")} with the other log: templates first, then the order of up to ${formatCount(100_000)} rows`
          : "Comparing both logs by what they say"}
      </p>
      <div className="grid grow lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)] lg:divide-x lg:divide-line">
        {[
          ["w-44", "w-52", "w-36", "w-48"],
          ["w-56", "w-48", "w-64", "w-40"],
          ["w-40", "w-52"],
        ].map((widths, column) => (
          <div key={`column ${String(column)}`} className={column > 0 ? "max-lg:hidden" : undefined}>
            {widths.map((width) => (
              <span key={width} className="flex h-7 items-center px-3">
                <Skeleton className={width} />
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CompareFailedProps {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

export function CompareFailed({ error, onRetry, retrying }: CompareFailedProps) {
  const gone = error instanceof FetchFailure && error.status === 404;
  if (gone) {
    return (
      <EmptyState title="One of the two episodes is not in this workspace">
        <p>It was deleted, or the link names an episode of another workspace. Choose another one above.</p>
      </EmptyState>
    );
  }
  return (
    <FailedState
      title="The two logs cannot be compared"
      requestId={error instanceof FetchFailure ? error.requestId : null}
      onRetry={onRetry}
      retrying={retrying}
    >
      <p>{error.message} Both logs are as they were.</p>
    </FailedState>
  );
}

/** Said where a comparison is of little use; it is shown all the same. */
export function compareWarning({ a, b }: Comparison): string | null {
  if (a.episodeId === b.episodeId) return "A and B are the same episode.";
  if (a.rows === 0 && b.rows === 0) return "Neither of them has a row yet.";
  if (a.rows === 0) return "A has no rows yet, so everything is only in B.";
  if (b.rows === 0) return "B has no rows yet, so everything is only in A.";
  const [taskA, taskB] = [a.task, b.task];
  if (taskA && taskB && taskA.workflowId !== taskB.workflowId) {
    return `B is of another workflow (${taskB.workflowName}), so few templates will be the same.`;
  }
  if (taskA && taskB && taskA.nodeId !== taskB.nodeId) {
    return `B is another task (${taskB.name}), so few templates will be the same.`;
  }
  return null;
}
