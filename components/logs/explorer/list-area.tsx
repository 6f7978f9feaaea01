"use client";

import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type { LogFilter } from "@/lib/logs/schema";
import { FetchFailure } from "@/lib/query/fetch-json";
import { describeFailure } from "../describe-failure";

interface ListAreaProps {
  /** The search strip of a filtered list. */
  strip: ReactNode;
  list: ReactNode;
  error: Error | null;
  onRetry: () => void;
  /** Rows appended while the reader looks elsewhere. */
  newRows: number;
  onToEnd: () => void;
}

/** The list with what may lie over it: a failure above, a call to new rows below. Neither moves a row. */
export function ListArea({ strip, list, error, onRetry, newRows, onToEnd }: ListAreaProps) {
  return (
    <div className="flex min-h-0 min-w-0 flex-col [grid-area:list]">
      {strip}
      <div className="relative min-h-0 grow">
        {list}
        {error && (
          <div
            role="alert"
            className="absolute inset-x-0 top-0 flex min-h-9 items-center gap-2 border-fail-line border-b bg-fail-tint px-3 py-1"
          >
            <StatusGlyph tone="fail" />
            <span className="min-w-0">
              <b className="font-semibold text-fail-text">Rows cannot be read.</b> {describeFailure(error)}{" "}
              Nothing is lost.
            </span>
            <Button size="sm" className="ml-auto" onClick={onRetry}>
              Try again
            </Button>
          </div>
        )}
        {newRows > 0 && (
          <Button
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-overlay"
            onClick={onToEnd}
          >
            {formatPlural(newRows, "new row")}
            <ArrowDown size={14} aria-hidden="true" />
          </Button>
        )}
      </div>
    </div>
  );
}

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
