"use client";

import { useQueryStates } from "nuqs";
import { type ReactNode, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { ArchiveRights } from "@/lib/archive/acts/schema";
import type { ArchiveChunk } from "@/lib/archive/schema";
import { archiveParams } from "@/lib/archive/search-params";
import { formatCount } from "@/lib/format";
import { chunkLook } from "./archive-look";
import { ChunkFacts } from "./chunk-facts";
import { Proof } from "./proof";

interface ChunksProps {
  workspace: string;
  episodeId: string;
  chunks: readonly ArchiveChunk[];
  rights: ArchiveRights;
  /** What stands under the strip: the attempts. */
  children: ReactNode;
}

const perLine = 80;

/** One cell for each chunk, as wide as its rows; one is chosen, and its facts stand below and its proof beside. */
export function Chunks({ workspace, episodeId, chunks, rights, children }: ChunksProps) {
  const [params, setParams] = useQueryStates(archiveParams, { history: "replace" });
  const cells = useRef<HTMLDivElement>(null);
  const chosen =
    chunks.find((chunk) => chunk.chunkNumber === params.chunk) ??
    chunks.find((chunk) => chunk.state !== "verified") ??
    chunks.at(-1);
  if (!chosen) return null;
  const lines = Array.from({ length: Math.ceil(chunks.length / perLine) }, (_, line) =>
    chunks.slice(line * perLine, (line + 1) * perLine),
  );

  const choose = (chunk: ArchiveChunk | undefined) => {
    if (!chunk) return;
    void setParams({ chunk: chunk.chunkNumber });
    cells.current?.querySelector<HTMLElement>(`[data-chunk="${chunk.chunkNumber}"]`)?.focus();
  };
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: perLine,
    ArrowUp: -perLine,
  };
  const place = chunks.indexOf(chosen);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_360px] gap-x-8 max-xl:block">
      <div className="min-w-0">
        <div
          ref={cells}
          role="toolbar"
          aria-label="Chunks, oldest first; the arrow keys move between them"
          className="max-h-52 overflow-y-auto overflow-x-hidden pt-1 pr-1 pb-2"
          onKeyDown={(event) => {
            const step = steps[event.key];
            if (event.key === "Home") choose(chunks[0]);
            else if (event.key === "End") choose(chunks.at(-1));
            else if (step !== undefined) choose(chunks[place + step]);
            else return;
            event.preventDefault();
          }}
        >
          {lines.map((line) => (
            <div
              key={line[0]?.chunkNumber}
              className="mt-1.5 grid grid-cols-[24px_minmax(0,1fr)] items-center gap-2 max-md:grid-cols-[22px_minmax(0,1fr)]"
            >
              <span className="text-right text-11 text-text-3">{formatCount(line[0]?.chunkNumber ?? 0)}</span>
              <div className="flex h-5 gap-px">
                {line.map((chunk) => (
                  <button
                    key={chunk.chunkNumber}
                    type="button"
                    data-chunk={chunk.chunkNumber}
                    tabIndex={chunk === chosen ? 0 : -1}
                    aria-pressed={chunk === chosen}
                    aria-label={`Chunk ${chunk.chunkNumber}, ${formatCount(chunk.rows)} rows, ${chunkLook[chunk.state].label}`}
                    title={`chunk ${chunk.chunkNumber}, rows ${formatCount(chunk.from)}–${formatCount(chunk.to)}, ${chunkLook[chunk.state].label}`}
                    onClick={() => choose(chunk)}
                    style={{ flexGrow: Math.max(1, chunk.rows) }}
                    className={cn(
                      "min-w-0.5 max-w-24 rounded-[1px]",
                      chunkLook[chunk.state].cell,
                      chunk === chosen && "z-1 shadow-[0_0_0_2px_var(--surface),0_0_0_3.5px_var(--accent)]",
                    )}
                  />
                ))}
              </div>
            </div>
          ))}
        </div>
        <StripKey chunks={chunks} />
        <ChunkFacts workspace={workspace} episodeId={episodeId} chunk={chosen} rights={rights} />
        {children}
      </div>
      <Proof chunk={chosen} chunks={chunks} />
    </div>
  );
}

function StripKey({ chunks }: { chunks: readonly ArchiveChunk[] }) {
  const states = ["verified", "damaged", "missing"] as const;
  return (
    <p className="mt-2.5 flex flex-wrap gap-3.5 pl-8 text-11 text-text-3 max-md:pl-0">
      {states.map((state) => {
        const count = chunks.filter((chunk) => chunk.state === state).length;
        return (
          (count > 0 || state === "verified") && (
            <span key={state}>
              <span
                aria-hidden="true"
                className={cn(
                  "mr-1.5 inline-block size-2.5 rounded-[1px] align-[-1px]",
                  chunkLook[state].cell,
                  "my-0",
                )}
              />
              {chunkLook[state].label} {formatCount(count)}
            </span>
          )
        );
      })}
    </p>
  );
}
