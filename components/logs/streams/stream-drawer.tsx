"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { FailedState } from "@/components/ui/failed-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatCount } from "@/lib/format";
import { type EntryOrGap, entryOptions } from "@/lib/logs/query-options";
import { rowAt } from "@/lib/logs/streams/place";
import { FetchFailure } from "@/lib/query/fetch-json";
import { LinkButton } from "../explorer/link-button";
import { levelTone } from "../level-style";
import { StreamDot } from "./stream-dot";
import { LoadingEntry, StreamEntry } from "./stream-entry";
import type { StreamLogState } from "./use-stream-log";

/** The whole of the open row, beside the list (a sheet under it on a phone); never over it. */
export function StreamDrawer({ log, row }: { log: StreamLogState; row: { episodeId: string; seq: string } }) {
  const { workspace, params } = log;
  const { episodeId, seq } = row;
  const read = useQuery(entryOptions({ workspace, episodeId }, seq));
  const query = new URLSearchParams({
    ...(params.run !== null && { run: params.run }),
    row: params.row ?? "",
  });
  if (params.run === null) query.set("tab", "time");
  return (
    <aside
      aria-label={`Row ${formatCount(seq)} of ${log.nameOf(episodeId)}`}
      className="flex h-full min-h-0 flex-col border-line border-l max-md:rounded-t-3 max-md:border-l-0 max-md:bg-raised"
    >
      <header className="flex h-8 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4 max-md:h-10">
        <Head entry={read.data} />
        <span className="mono text-text-2">{formatCount(seq)}</span>
        <span className="ml-auto flex items-center">
          <LinkButton href={`/w/${workspace}/logs?${query}`} label="Copy link to this row" />
          <Button variant="ghost" size="icon" aria-label="Previous row" onClick={() => log.step(-1)}>
            <ChevronUp size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Next row" onClick={() => log.step(1)}>
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Close details" onClick={() => log.select(null)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </span>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-4 py-3">
        <Stream log={log} episodeId={episodeId} seq={seq} />
        <Body read={read} find={params.mode === "regex" ? "" : params.q} stands={standsOf(log)} />
      </div>
    </aside>
  );
}

/** The open row of the URL, when it names one. */
export function openRow({ params }: StreamLogState) {
  return rowAt(params.row);
}

function Stream({ log, episodeId, seq }: { log: StreamLogState; episodeId: string; seq: string }) {
  const { workspace, params } = log;
  const alone = params.in.length === 1 && params.in[0] === episodeId;
  return (
    <div className="mb-3 flex flex-col gap-2 border-line border-b pb-3">
      <div className="flex min-w-0 items-center gap-1.5">
        <StreamDot color={log.colorOf(episodeId)} />
        <span className="mono truncate font-medium">{log.nameOf(episodeId)}</span>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button asChild size="sm">
          <Link href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}?seq=${seq}`}>
            Open in its stream
          </Link>
        </Button>
        <Button size="sm" onClick={() => log.toggle("in", episodeId)}>
          {alone ? "Show all streams" : "Only this stream"}
        </Button>
      </div>
    </div>
  );
}

function standsOf({ rows, selected }: StreamLogState): number | null {
  return rows.list[selected]?.stands ?? null;
}

interface EntryRead {
  data: EntryOrGap | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => void;
}

function Body({ read, find, stands }: { read: EntryRead; find: string; stands: number | null }) {
  const { data } = read;
  if (data && "kind" in data) {
    return <p className="text-text-2">This number has no row that can be read. {data.detail}</p>;
  }
  if (data) return <StreamEntry entry={data} find={find} stands={stands} />;
  if (!read.error) return <LoadingEntry />;
  const failure = read.error instanceof FetchFailure ? read.error : null;
  return (
    <FailedState
      className="px-0 py-2"
      title={failure?.status === 404 ? "There is no such row" : "This row cannot be read"}
      requestId={failure?.requestId}
      onRetry={failure?.status === 404 ? undefined : read.refetch}
      retrying={read.isFetching}
    >
      {read.error.message}
    </FailedState>
  );
}

function Head({ entry }: { entry: EntryOrGap | undefined }) {
  if (!entry) return <span className="font-medium text-text-2">Row</span>;
  if ("kind" in entry) return <StatusBadge status={{ label: "No row", tone: "off" }} />;
  const label = entry.level.slice(0, 1).toUpperCase() + entry.level.slice(1);
  const tone = levelTone[entry.level];
  return <StatusBadge status={{ label, tone, shape: tone === "off" ? "disc" : undefined }} />;
}
