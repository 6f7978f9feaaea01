"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { LevelMix } from "@/components/logs/level-mix";
import { chunkFactsOptions } from "@/lib/archive/query-options";
import { formatBytes, formatCount, formatInstant, shortenId } from "@/lib/format";
import type { StripItem } from "./cell-lines";
import { nameOf } from "./cell-lines";

interface HoverCardProps {
  workspace: string;
  episodeId: string;
  item: StripItem;
  /** Middle of the cell, from the left edge of the strip. */
  x: number;
}

/** What lies under the pointer. For the eye alone: the keyboard chooses the cell, and the same stands below the strip. */
export function HoverCard({ workspace, episodeId, item, x }: HoverCardProps) {
  const [only] = item.cells;
  const chunk = item.cells.length === 1 && only?.kind === "chunk" ? only : null;
  const asked = useRested(chunk?.chunkNumber ?? null);
  const { data } = useQuery(chunkFactsOptions(workspace, episodeId, asked));
  const facts = chunk && data?.chunkNumber === chunk.chunkNumber ? data : null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute bottom-full z-30 mb-1 w-76 rounded-2 bg-raised px-3 py-2 text-12 shadow-overlay"
      style={{ left: `clamp(0px, ${x - 152}px, calc(100% - 304px))` }}
    >
      <p className="font-medium">{nameOf(item)}</p>
      {chunk && (
        <dl className="mt-1 grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 text-11 leading-4.5">
          <dt className="text-text-3">Numbers</dt>
          <dd className="mono">
            {formatCount(chunk.from)}–{formatCount(chunk.to)}
          </dd>
          <dt className="text-text-3">Times</dt>
          <dd>{facts ? `${formatInstant(facts.startAt).replace(" UTC", "")} to` : " "}</dd>
          <dt />
          <dd>{facts ? formatInstant(facts.endAt) : " "}</dd>
          <dt className="text-text-3">Levels</dt>
          <dd className="flex items-center">
            {facts && <LevelMix levels={facts.levels} className="w-full" />}
          </dd>
          <dt className="text-text-3">Size</dt>
          <dd>
            {facts
              ? `${formatBytes(facts.sizeBytes)}${facts.rawBytes > 0 ? ` of ${formatBytes(facts.rawBytes)}, ratio ${(facts.rawBytes / Math.max(1, facts.sizeBytes)).toFixed(1)}` : ""}`
              : " "}
          </dd>
          <dt className="text-text-3">SHA-256</dt>
          <dd className="mono">{facts ? shortenId(facts.sha256, 12, 8) : " "}</dd>
          <dt className="text-text-3">Verified</dt>
          <dd>{facts?.verifiedAt ? formatInstant(facts.verifiedAt) : " "}</dd>
          <dt className="text-text-3">Last read</dt>
          <dd>{facts?.lastAccessed ? formatInstant(facts.lastAccessed) : " "}</dd>
        </dl>
      )}
    </div>
  );
}

const restMs = 150;

/** While the pointer runs over the cells, only the one it rests on is asked for. */
function useRested(chunkNumber: number | null): number | null {
  const [rested, setRested] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(chunkNumber), restMs);
    return () => clearTimeout(timer);
  }, [chunkNumber]);
  return rested;
}
