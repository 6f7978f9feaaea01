"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatDuration } from "@/lib/format";
import type { LogEntryDetail } from "@/lib/logs/schema";
import { LongText } from "../explorer/long-text";
import { useTimeFormat } from "../explorer/use-time-format";

interface StreamEntryProps {
  entry: LogEntryDetail;
  find: string;
  /** When the row stands in the merged log; null when it is not in the list. */
  stands: number | null;
}

/** Message first and whole, then plain facts, then the metadata as it is stored. */
export function StreamEntry({ entry, find, stands }: StreamEntryProps) {
  const time = useTimeFormat();
  const late = stands === null ? 0 : stands - Date.parse(entry.at);
  const { metadataText } = entry;
  return (
    <>
      <div className="relative mb-3 pr-6">
        <LongText text={entry.message} find={find} />
        <CopyButton text={entry.message} label="Copy message" className="absolute -top-0.5 right-0" />
      </div>
      <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-y-0.5 border-line border-t py-2.5 text-12">
        <dt className="text-text-3">Time</dt>
        <dd className="mono">
          {time.date(entry.at)} {time.clockMs(entry.at)} {time.zone}
        </dd>
        {late > 1_000 && (
          <>
            <dt className="text-text-3">Stands</dt>
            <dd>{formatDuration(late)} later, behind the rows of its stream that it was written after</dd>
          </>
        )}
        <dt className="text-text-3">Stored</dt>
        <dd>{entry.chunk ? `archive, chunk ${formatCount(entry.chunk.number)}` : "live store"}</dd>
      </dl>
      <section className="border-line border-t pt-2">
        <h3 className="eyebrow flex items-center justify-between">
          Metadata
          {metadataText && <CopyButton text={metadataText} label="Copy metadata" />}
        </h3>
        {metadataText ? (
          <div className="mono pt-1">
            <LongText text={indented(metadataText)} find={find} />
          </div>
        ) : (
          <p className="pt-1 text-12 text-text-3">None.</p>
        )}
      </section>
    </>
  );
}

/** Fields on lines of their own. Numbers that JavaScript would round are left as they are written. */
function indented(text: string): string {
  if (/\d{16}/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function LoadingEntry() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">reading the row</span>
      <Skeleton className="h-2.5 w-11/12" />
      <Skeleton className="h-2.5 w-full" />
      <Skeleton className="h-2.5 w-3/5" />
      <Skeleton className="h-2.5 w-4/5" />
    </div>
  );
}
