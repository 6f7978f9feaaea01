"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatPlural } from "@/lib/format";
import { contextOptions } from "@/lib/logs/places-query-options";
import type { LogRow } from "@/lib/logs/schema";
import { firstLine } from "@/lib/logs/view/message-parts";
import { rowTime } from "@/lib/logs/view/row-time";
import { FetchFailure } from "@/lib/query/fetch-json";
import { levelBar } from "../../level-style";
import { MessageText } from "../message-text";
import type { Explorer } from "../use-explorer";

const firstRows = 10;
const mostRows = 200;

/** The rows around this one as they were written, whatever the list leaves out. */
export function ContextTab({ seq, explorer }: { seq: string; explorer: Explorer }) {
  const [around, setAround] = useState(firstRows);
  const read = useQuery(contextOptions(explorer.address, seq, around));
  if (read.error && !read.data) {
    return (
      <FailedState
        className="px-0 py-3"
        title="The rows around cannot be read"
        requestId={read.error instanceof FetchFailure ? read.error.requestId : null}
        onRetry={() => void read.refetch()}
        retrying={read.isFetching}
      >
        {read.error.message}
      </FailedState>
    );
  }
  return (
    <div className="mt-2">
      <p className="flex items-center justify-between pb-1.5 text-12 text-text-3">
        {formatPlural(around, "row")} before and after, nothing left out
        <Button
          size="sm"
          disabled={around >= mostRows}
          onClick={() => setAround(Math.min(mostRows, around * 2))}
        >
          More rows
        </Button>
      </p>
      <ol className="mono -mx-4 leading-5">
        {read.data
          ? read.data.rows.map((row) => (
              <ContextRow
                key={row.kind === "gap" ? row.from : row.seq}
                row={row}
                current={seq}
                explorer={explorer}
              />
            ))
          : skeleton.map((line) => (
              <li key={line} className="flex h-5 items-center gap-3 px-4">
                <Skeleton className="w-16" />
                <Skeleton className="w-40" />
              </li>
            ))}
      </ol>
    </div>
  );
}
const skeleton = Array.from({ length: 2 * firstRows + 1 }, (_, line) => line);

interface ContextRowProps {
  row: LogRow;
  current: string;
  explorer: Explorer;
}

function ContextRow({ row, current, explorer }: ContextRowProps) {
  if (row.kind === "gap") {
    const count = Number(row.to) - Number(row.from) + 1;
    return (
      <li className="bg-hover px-4 font-sans text-12 text-text-2">
        {formatPlural(count, "row")} {row.reason.replaceAll("_", " ")}
      </li>
    );
  }
  const here = row.seq === current;
  const { text, fraction } = rowTime(row.at, explorer.list.frame, null);
  return (
    <li className={cn("relative", here && "bg-accent-tint")}>
      <button
        type="button"
        aria-current={here || undefined}
        aria-label={`Row ${formatCount(row.seq)}`}
        onClick={() => explorer.select(Number(row.seq), "nearest")}
        className="flex w-full gap-3 px-4 text-left hover:bg-hover"
      >
        <span aria-hidden="true" className={cn("absolute inset-y-px left-0 w-0.75", levelBar[row.level])} />
        <span className="whitespace-nowrap text-text-3">
          {text}
          {fraction}
        </span>
        <span className="min-w-0 truncate">
          <MessageText text={firstLine(row.message).text} find={explorer.marks} />
        </span>
      </button>
    </li>
  );
}
