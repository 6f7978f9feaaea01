import type { ReactNode } from "react";
import type { ArchiveTotals } from "@/lib/archive/schema";
import { formatBytes, formatCompact, formatCount, formatDuration, formatPlural } from "@/lib/format";
import { second } from "@/lib/time";

/** The six figures of the archive: what waits, what is kept, whether it can be trusted. */
export function Figures({ totals }: { totals: ArchiveTotals }) {
  const { archivedRawBytes: raw, archivedBytes: stored } = totals;
  const bad = totals.chunks - totals.verifiedChunks;
  const waiting = totals.oldest && totals.oldest.ageMs / second;
  return (
    <dl className={strip}>
      <Figure
        name="Not archived yet"
        value={formatCompact(totals.hotLogs)}
        unit={`rows, ${formatBytes(totals.hotBytes)}`}
        foot={`in ${formatPlural(totals.episodes, "episode")}`}
      />
      <Figure
        name="Oldest above its threshold"
        value={waiting === null ? "none" : formatDuration(waiting * second)}
        unit={waiting === null ? "" : "old"}
        foot={waiting === null ? "nothing waits to be archived" : "waits to be archived"}
      />
      <Figure
        name="Archived"
        value={formatCompact(totals.archivedLogs)}
        unit="rows"
        foot={`in ${formatPlural(totals.chunks, "chunk")}`}
      />
      <Figure
        name="Chunks verified"
        value={formatCount(totals.verifiedChunks)}
        unit={`of ${formatCount(totals.chunks)}`}
        foot={
          bad > 0 ? (
            <span className="font-medium text-fail-text">{formatCount(bad)} cannot be read as written</span>
          ) : totals.chunks > 0 ? (
            "each was read back"
          ) : (
            "no chunk yet"
          )
        }
      />
      <Figure
        name="Saved by archiving"
        value={formatBytes(Math.max(0, raw - stored))}
        unit={stored > 0 ? `ratio ${(raw / stored).toFixed(1)}` : ""}
        foot={`${formatBytes(raw)} raw, ${formatBytes(stored)} stored`}
      />
      <Figure
        name="Failed attempts, 24 h"
        value={formatCount(totals.failedAttempts24h)}
        unit=""
        foot={
          totals.failedAttempts24h > 0 ? (
            <span className="font-medium text-warn-text">their rows stayed live</span>
          ) : (
            "none failed"
          )
        }
      />
    </dl>
  );
}

const strip =
  "grid grid-cols-6 border-line border-b px-6 max-lg:grid-cols-3 max-md:grid-cols-2 max-md:px-4 [&>div]:min-h-22";

interface FigureProps {
  name: string;
  value: string;
  unit: string;
  foot: ReactNode;
}

function Figure({ name, value, unit, foot }: FigureProps) {
  return (
    <div className="min-w-0 border-line px-4 py-3 max-md:px-0 max-md:py-2.5 lg:not-first:border-l lg:first:pl-0 max-lg:md:[&:nth-child(3n+1)]:pl-0 max-lg:md:[&:not(:nth-child(3n+1))]:border-l max-lg:md:[&:nth-child(n+4)]:border-t max-md:even:border-l max-md:even:pl-4 max-md:[&:nth-child(n+3)]:border-t">
      <dt className="eyebrow">{name}</dt>
      <dd className="truncate">
        <span className="text-20 font-medium tracking-[-0.015em]">{value}</span>{" "}
        <span className="text-12 text-text-3">{unit}</span>
      </dd>
      <dd className="truncate text-11 text-text-3">{foot}</dd>
    </div>
  );
}

export function FiguresSkeleton() {
  return (
    <div aria-hidden="true" className={strip}>
      {["a", "b", "c", "d", "e", "f"].map((figure) => (
        <div key={figure} className="flex flex-col gap-2.5 px-4 py-4 first:pl-0 max-md:px-0">
          <span className="h-2 w-24 rounded-1 bg-active" />
          <span className="h-4 w-20 rounded-1 bg-active" />
          <span className="h-2 w-28 rounded-1 bg-active" />
        </div>
      ))}
    </div>
  );
}
