"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useRef } from "react";
import { cn } from "@/components/ui/cn";
import { explorerSearch } from "@/lib/logs/search-params";
import { PairCells, type PairRow, pairGrid, pairHeads, pairName } from "./pair-columns";

const rowHeight = 32;
/** Name and verdict stand below each other there. */
const phoneRowHeight = 48;

interface PairTableProps {
  workspace: string;
  rows: readonly PairRow[];
  phone: boolean;
}

/** The tasks of both runs. Those outside of the view are not in the document, so thousands cost what thirty do. */
export function PairTable({ workspace, rows, phone }: PairTableProps) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const scroller = useRef<HTMLDivElement>(null);
  const height = phone ? phoneRowHeight : rowHeight;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialRect: { width: 800, height: 640 },
  });
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto">
      <table aria-label="Tasks of both runs" aria-rowcount={rows.length + 1} className="block w-full">
        <thead className="sticky top-0 z-1 block bg-surface shadow-[inset_0_-1px_var(--line)] max-md:hidden">
          <tr aria-rowindex={1} className={cn(pairGrid, "h-8")}>
            {pairHeads.map(({ label, className }) => (
              <th key={label} scope="col" className={cn("eyebrow text-left", className)}>
                {label === "Task" && <SideHeads />}
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <tr
                key={row.pair.key}
                aria-rowindex={index + 2}
                data-verdict={row.verdict}
                style={{ height, transform: `translateY(${start}px)` }}
                className={cn(
                  pairGrid,
                  "absolute inset-x-0 top-0 border-line border-b focus-within:bg-accent-tint hover:bg-hover max-md:content-center",
                )}
              >
                <PairCells row={row} name={<PairLink workspace={workspace} row={row} />} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Over the two status glyphs before each name. */
function SideHeads() {
  return (
    <span aria-hidden="true" className="absolute left-4 flex gap-2 [&>span]:w-3 [&>span]:text-center">
      <span>A</span>
      <span>B</span>
    </span>
  );
}

/** To the comparison of the two logs; to the one log there is; plain where neither wrote one. */
function PairLink({ workspace, row }: { workspace: string; row: PairRow }) {
  const { pair } = row;
  const name = <span className="mono truncate">{pairName(pair)}</span>;
  const [a, b] = [pair.a?.episodeId, pair.b?.episodeId];
  const episodeId = a ?? b;
  if (!episodeId) return <span className="min-w-0 truncate text-text-2">{name}</span>;
  const search = a && b ? explorerSearch({ view: "compare", with: b }) : "";
  return (
    <Link
      href={`/w/${workspace}/logs/${encodeURIComponent(episodeId)}${search}`}
      data-row-link=""
      className="flex min-w-0 font-medium after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
    >
      {name}
      <span className="sr-only">{a && b ? ", compare the logs" : `, open the log of ${a ? "A" : "B"}`}</span>
    </Link>
  );
}
