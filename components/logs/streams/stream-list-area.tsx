"use client";

import { ArrowDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import { describeFailure } from "../describe-failure";
import { useTimeFormat } from "../explorer/use-time-format";
import { StreamList } from "./stream-list";
import type { StreamLogState } from "./use-stream-log";

/** The list with what may lie over it, or what stands in its place. */
export function StreamListArea({ log, label }: { log: StreamLogState; label: string }) {
  const { rows, scroll, summary } = log;
  const newRows = useUnseen(log);
  return (
    <div className="flex min-h-0 min-w-0 flex-col [grid-area:list]">
      {rows.filtered && <SearchLine log={log} />}
      <div className="relative min-h-0 grow">
        <Body log={log} label={label} />
        {rows.error && (
          <div
            role="alert"
            className="absolute inset-x-0 top-0 flex min-h-9 items-center gap-2 border-fail-line border-b bg-fail-tint px-3 py-1"
          >
            <StatusGlyph tone="fail" />
            <span className="min-w-0">
              <b className="font-semibold text-fail-text">Rows cannot be read.</b>{" "}
              {describeFailure(rows.error)} Nothing is lost.
            </span>
            <Button size="sm" className="ml-auto" onClick={rows.retry}>
              Try again
            </Button>
          </div>
        )}
        {newRows > 0 && summary.total > 0 && (
          <Button
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-overlay"
            onClick={() => (rows.hasNewer ? log.toEnd() : scroll.scrollToEnd())}
          >
            {formatPlural(newRows, "new row")}
            <ArrowDown size={14} aria-hidden="true" />
          </Button>
        )}
      </div>
    </div>
  );
}

function Body({ log, label }: { log: StreamLogState; label: string }) {
  const { rows, summary } = log;
  if (summary.total === 0) {
    return (
      <EmptyState
        title={log.params.run === null ? "No logs in this workspace yet" : "No task has written a row"}
      >
        <p>
          {log.params.run === null
            ? "Rows of all streams appear here in the order of their time."
            : "Rows of all tasks appear here as soon as they are written."}
        </p>
      </EmptyState>
    );
  }
  const isEmpty = rows.list.length === 0;
  if (isEmpty && rows.error === null && (rows.pending || rows.fetching)) return <ReadingRows />;
  if (isEmpty && !rows.hasOlder && !rows.hasNewer && !rows.pending) return <NothingFound log={log} />;
  return <StreamList log={log} label={label} />;
}

/** What was asked for and found nowhere, and the ways on. */
function NothingFound({ log }: { log: StreamLogState }) {
  const { params, summary } = log;
  const time = useTimeFormat();
  const parts = [
    params.level.length > 0 && `level ${params.level.join(" or ")}`,
    params.q && `“${params.q}”`,
    (params.in.length > 0 || params.out.length > 0) && "the chosen streams",
    (params.since || params.until) && "this time",
  ].filter(Boolean);
  return (
    <EmptyState
      title={`No row for ${parts.join(", ") || "this filter"}`}
      actions={<Button onClick={log.clear}>Clear the filter</Button>}
    >
      <p>
        All {formatCount(summary.total)} rows of {formatPlural(summary.streamCount, "stream")} were looked at.
        {summary.lastAt && ` The last row was written at ${time.instant(summary.lastAt)}.`}
      </p>
    </EmptyState>
  );
}

/** How far a search has come; it goes on while the reader needs rows, and stops when told. */
function SearchLine({ log: { rows } }: { log: StreamLogState }) {
  const time = useTimeFormat();
  const hits = rows.list.filter(({ kind }) => kind === "entry").length;
  const whole = !rows.hasOlder && !rows.hasNewer;
  const state = rows.fetching
    ? "searching"
    : rows.stopped
      ? "stopped"
      : whole
        ? "complete"
        : "goes on as you scroll";
  return (
    <div
      role="status"
      aria-label="Search"
      className="flex h-8 shrink-0 items-center gap-3 border-line border-b px-3 text-12"
    >
      <span className="font-medium">
        {formatPlural(hits, "hit")}
        {!whole && " so far"}
      </span>
      <span className="truncate text-text-2">
        {rows.fetching && rows.lookedTo
          ? `looked as far as ${time.day(rows.lookedTo)} ${time.clock(rows.lookedTo)}`
          : state}
      </span>
      {rows.fetching ? (
        <Button variant="ghost" size="sm" onClick={rows.stop}>
          Stop
        </Button>
      ) : (
        rows.stopped && (
          <Button variant="ghost" size="sm" onClick={rows.goOn}>
            Continue
          </Button>
        )
      )}
    </div>
  );
}

function ReadingRows() {
  return (
    <div role="status" className="px-3 pt-5">
      <span className="sr-only">reading rows</span>
      {Array.from({ length: 24 }, (_, index) => (
        <span key={String(index)} className="flex h-5 items-center gap-4">
          <span className="h-2 w-28 rounded-1 bg-active max-md:w-16" />
          <span className="h-2 w-20 rounded-1 bg-active max-md:w-12" />
          <span className="h-2 rounded-1 bg-active" style={{ width: `${25 + ((index * 37) % 45)}%` }} />
        </span>
      ))}
    </div>
  );
}

/** Rows that came while the reader looks elsewhere; none while the end is on screen. */
function useUnseen({ rows, scroll, summary }: StreamLogState): number {
  const [seen, setSeen] = useState(summary.total);
  if (scroll.atEnd && seen !== summary.total) setSeen(summary.total);
  return scroll.atEnd || rows.filtered ? 0 : Math.max(0, summary.total - seen);
}
