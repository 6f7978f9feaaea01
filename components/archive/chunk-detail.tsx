"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import { chunkFactsOptions } from "@/lib/archive/query-options";
import { formatCount } from "@/lib/format";
import { explorerSearch } from "@/lib/logs/search-params";
import { ChunkActs } from "./acts/chunk-acts";
import { chunkLook } from "./archive-look";
import { ChunkDamage } from "./chunk-damage";
import { ChunkFacts } from "./chunk-facts";

interface ChunkDetailProps {
  workspace: string;
  episodeId: string;
  chunkNumber: number;
  rights: ArchiveRights;
  onStep: (step: 1 | -1) => void;
}

/** The chosen chunk. What stood there stays until the next one is read, so that nothing jumps on the way through the strip. */
export function ChunkDetail({ workspace, episodeId, chunkNumber, rights, onStep }: ChunkDetailProps) {
  const { data, error, isPlaceholderData, refetch, isFetching } = useQuery({
    ...chunkFactsOptions(workspace, episodeId, chunkNumber),
    placeholderData: keepPreviousData,
  });
  const bad = data?.state === "damaged" || data?.state === "missing";
  return (
    <section
      aria-label="Chosen chunk"
      aria-busy={isPlaceholderData || undefined}
      className={cn(
        "mt-3 ml-9.5 min-h-29 border-l-2 pl-3 max-md:ml-0",
        bad ? "border-fail-solid" : "border-line-strong",
      )}
    >
      <div className="flex min-h-7 flex-wrap items-center gap-1 text-12">
        <h3 className="font-semibold">Chunk {formatCount(chunkNumber)}</h3>
        {data && (
          <span className={cn("ml-1", bad ? "font-medium text-fail-text" : "text-text-2")}>
            {chunkLook[data.state].label}
          </span>
        )}
        <Step label="Previous chunk" onClick={() => onStep(-1)}>
          <ChevronLeft size={14} aria-hidden="true" />
        </Step>
        <Step label="Next chunk" onClick={() => onStep(1)}>
          <ChevronRight size={14} aria-hidden="true" />
        </Step>
        {data && data.expiredAt === null && (
          <span className="ml-auto flex flex-wrap gap-2 max-md:ml-0">
            <Button asChild size="sm">
              <Link
                href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}${explorerSearch({ seq: data.from })}`}
              >
                Open its rows
              </Link>
            </Button>
            <ChunkActs workspace={workspace} episodeId={episodeId} chunk={data} rights={rights} />
          </span>
        )}
      </div>
      {data && <ChunkFacts facts={data} />}
      {data && bad && <ChunkDamage workspace={workspace} episodeId={episodeId} facts={data} />}
      {!data && !error && (
        <div aria-busy="true" className="flex flex-col gap-4 pt-3">
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
          <Skeleton className="w-3/5" />
        </div>
      )}
      {error && !data && (
        <p role="alert" className="flex items-center gap-2 text-12 text-fail-text">
          <StatusGlyph tone="fail" />
          {error.message}
          <Button size="sm" disabled={isFetching} onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
    </section>
  );
}

function Step({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} onClick={onClick} className="size-6 max-md:size-9">
      {children}
    </Button>
  );
}
