"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatCount } from "@/lib/format";
import { type EntryOrGap, type EpisodeAddress, entryOptions } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { FetchFailure } from "@/lib/query/fetch-json";
import { levelTone } from "../level-style";
import { EntryDetails } from "./entry-details";
import { GapDetails } from "./gap-details";
import { LinkButton } from "./link-button";

interface RowDrawerProps {
  address: EpisodeAddress;
  episode: EpisodeSummary;
  seq: string;
  link: string;
  find: string | RegExp;
  filtered: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
  /** Drops the filter and keeps the row. */
  onContext: () => void;
}

/** The whole of the selected row, beside the list (a sheet under it on a phone); never over it. */
export function RowDrawer(props: RowDrawerProps) {
  const { address, seq } = props;
  const read = useQuery(entryOptions(address, seq));
  return (
    <aside
      aria-label={`Row ${formatCount(seq)}`}
      className="flex h-full min-h-0 flex-col max-md:rounded-t-3 max-md:bg-raised"
    >
      <header className="flex h-8 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4 max-md:h-10">
        <Head entry={read.data} />
        <span className="mono text-text-2">{formatCount(seq)}</span>
        <span className="ml-auto flex items-center">
          <LinkButton href={props.link} label="Copy link to this row" />
          <Button variant="ghost" size="icon" aria-label="Previous row" onClick={() => props.onStep(-1)}>
            <ChevronUp size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Next row" onClick={() => props.onStep(1)}>
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Close details" onClick={props.onClose}>
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-4 py-3">
        {props.filtered && (
          <Button size="sm" className="mb-2" onClick={props.onContext}>
            Show in context
          </Button>
        )}
        <Body {...props} read={read} />
      </div>
    </aside>
  );
}

interface EntryRead {
  data: EntryOrGap | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => void;
}

function Body({ read, ...props }: RowDrawerProps & { read: EntryRead }) {
  if (read.data) {
    if ("kind" in read.data) return <GapDetails gap={read.data} address={props.address} />;
    return (
      <EntryDetails entry={read.data} address={props.address} episode={props.episode} find={props.find} />
    );
  }
  if (!read.error) return <LoadingDetails />;
  const failure = read.error instanceof FetchFailure ? read.error : null;
  const absent = failure?.status === 404;
  return (
    <FailedState
      className="px-0 py-2"
      title={absent ? "There is no such row" : "This row cannot be read"}
      requestId={failure?.requestId}
      onRetry={absent ? undefined : read.refetch}
      retrying={read.isFetching}
    >
      {absent
        ? `The episode has rows 0 to ${formatCount(Number(props.episode.nextSequenceNumber) - 1)}.`
        : read.error.message}
    </FailedState>
  );
}

function Head({ entry }: { entry: EntryOrGap | undefined }) {
  if (!entry) return <span className="font-medium text-text-2">Row</span>;
  if ("kind" in entry) return <StatusBadge status={{ label: "No row", tone: "off" }} />;
  const label = entry.level.slice(0, 1).toUpperCase() + entry.level.slice(1);
  return (
    <StatusBadge
      status={{
        label,
        tone: levelTone[entry.level],
        shape: levelTone[entry.level] === "off" ? "disc" : undefined,
      }}
    />
  );
}

function LoadingDetails() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">reading the row</span>
      <Skeleton className="h-2.5 w-11/12" />
      <Skeleton className="h-2.5 w-full" />
      <Skeleton className="mb-3 h-2.5 w-3/5" />
      <Skeleton className="h-2.5 w-4/5" />
      <Skeleton className="h-2.5 w-3/4" />
      <Skeleton className="h-2.5 w-2/3" />
    </div>
  );
}
